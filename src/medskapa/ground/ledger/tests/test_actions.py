from contextlib import suppress

import pytest

from medskapa.ground.ledger import actors, limits
from medskapa.ground.ledger.actions import ACTIONS, action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import first_readings, name_of, readings_of
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.tests.app.models import Finding, SmallLab, Tale
from medskapa.ground.ledger.tests.makers import a_lab, a_tale, an_actor

pytestmark = pytest.mark.django_db


@action("finding.make")
def make_finding(lab: SmallLab, *, by: Actor, name: str = "made", fails: bool = False) -> Finding:
    finding = Finding.objects.create(lab=lab, name=name)
    if fails:
        raise ArithmeticError
    return finding


@action("finding.make_two")
def make_two(lab: SmallLab, *, by: Actor, second_fails: bool = False) -> None:
    make_finding(lab, by=by, name="one")
    make_finding(lab, by=by, name="two", fails=second_fails)


@action("finding.make_what_works")
def make_what_works(lab: SmallLab, *, by: Actor) -> Finding:
    with suppress(ArithmeticError):
        make_finding(lab, by=by, fails=True)
    return make_finding(lab, by=by, name="works")


@action("tale.read", reading=True)
def read_tales(lab: SmallLab, *, by: Actor) -> list[Tale]:
    return list(Tale.objects.filter(lab=lab))


@action("finding.ask_as_another")
def ask_as_another(lab: SmallLab, *, by: Actor) -> None:
    make_finding(lab, by=Actor.system("other"))


def test_an_action_leaves_one_record_with_who_what_and_what_was_made():
    lab = a_lab()

    finding = make_finding(lab, by=an_actor(lab, "sense_maker", "coach"))

    record = Record.objects.get()
    assert (record.chain, record.number, record.actor, record.verb) == (lab.public_id, 1, "participation:me", "finding.make")
    assert record.roles == ["coach", "sense_maker"]
    assert record.subject == f"ledger_tests.smalllab:{lab.public_id}"
    assert record.about == [f"ledger_tests.finding:{finding.public_id}"]


def test_what_is_no_lab_s_is_written_on_the_installation_s_chain():
    @action("installation.check")
    def check(subject: None, *, by: Actor) -> None: ...

    check(None, by=Actor.system("check"))

    assert (Record.objects.get().chain, Record.objects.get().subject) == ("installation", "")


def test_without_permission_nothing_happens():
    lab = a_lab()
    actors.register_permission(lambda actor, verb, subject: verb != "finding.make")

    with pytest.raises(NotAllowed):
        make_finding(lab, by=an_actor(lab))

    assert (Finding.objects.count(), Record.objects.count()) == (0, 0)


def test_a_failed_action_leaves_neither_change_nor_record():
    lab = a_lab()

    with pytest.raises(ArithmeticError):
        make_finding(lab, by=an_actor(lab), fails=True)

    assert (Finding.objects.count(), Record.objects.count()) == (0, 0)


def test_a_record_that_cannot_be_written_undoes_the_change(monkeypatch):
    lab = a_lab()
    monkeypatch.setattr("medskapa.ground.ledger.chain.record_hash", lambda content: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        make_finding(lab, by=an_actor(lab))

    assert (Finding.objects.count(), Record.objects.count()) == (0, 0)


def test_an_action_inside_another_has_its_own_record_before_the_outer_one():
    lab = a_lab()

    make_two(lab, by=an_actor(lab))

    verbs = list(Record.objects.order_by("number").values_list("number", "verb"))
    assert verbs == [(1, "finding.make"), (2, "finding.make"), (3, "finding.make_two")]


def test_an_inner_action_that_fails_undoes_the_outer_one():
    lab = a_lab()

    with pytest.raises(ArithmeticError):
        make_two(lab, by=an_actor(lab), second_fails=True)

    assert (Finding.objects.count(), Record.objects.count()) == (0, 0)


def test_an_inner_failure_that_is_caught_leaves_a_whole_chain():
    lab = a_lab()

    make_what_works(lab, by=an_actor(lab))

    assert list(Finding.objects.values_list("name", flat=True)) == ["works"]
    assert list(Record.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_inner_action_is_asked_for_permission_too():
    lab = a_lab()
    actors.register_permission(lambda actor, verb, subject: verb != "finding.make")

    with pytest.raises(NotAllowed):
        make_two(lab, by=an_actor(lab))

    assert Record.objects.count() == 0


def test_an_inner_action_cannot_act_for_somebody_else():
    lab = a_lab()

    with pytest.raises(ValueError, match="cannot act for system:other"):
        ask_as_another(lab, by=an_actor(lab))


def test_a_reading_can_be_asked_for_by_whoever_was_read():
    tale, other = a_tale(), a_tale()

    read_tales(tale.lab, by=an_actor(tale.lab, "interpreter", "moderator"))

    [read] = readings_of(tale)
    assert (read.number, read.role) == (1, "moderator")
    assert readings_of(other) == []


def test_of_many_things_each_role_is_told_once_when_it_first_read_them(django_assert_num_queries):
    lab = a_lab()
    tale, unread = a_tale(lab), a_tale(a_lab())
    for role in ("interpreter", "moderator", "interpreter"):
        read_tales(lab, by=an_actor(lab, role))

    with django_assert_num_queries(1):
        found = first_readings([tale, unread])

    assert [(read.number, read.role) for read in found[name_of(tale)]] == [(1, "interpreter"), (2, "moderator")]
    assert found[name_of(unread)] == []


def test_changes_are_no_readings():
    lab = a_lab()

    finding = make_finding(lab, by=an_actor(lab))

    assert readings_of(finding) == []


def test_note_adds_to_the_record_and_refuses_what_has_no_id():
    tale = a_tale()

    @action("tale.note")
    def note_tale(lab: SmallLab, *, by: Actor) -> None:
        note(tale)
        note(object())

    with pytest.raises(TypeError, match="no public id"):
        note_tale(tale.lab, by=an_actor(tale.lab))
    with pytest.raises(RuntimeError, match="outside an action"):
        note(tale)


def test_nobody_acts_without_saying_who():
    with pytest.raises(TypeError, match="needs by="):
        make_finding(a_lab())


@pytest.mark.parametrize("verb", ["release", "Story.release", "story.", "story release", "story.release2"])
def test_a_verb_has_a_room_s_word_and_a_deed(verb):
    with pytest.raises(ValueError, match="is not a verb"):
        action(verb)(lambda subject, *, by: None)


@pytest.mark.parametrize("function", [lambda subject, by: None, lambda *, by: None, lambda subject: None])
def test_an_action_takes_its_subject_first_and_by_as_a_keyword(function):
    with pytest.raises(TypeError):
        action("some.deed")(function)


def test_actions_are_known_by_their_verb():
    assert ACTIONS["finding.make"] is make_finding
    assert make_finding.verb == "finding.make"
    assert make_finding.__name__ == "make_finding"


def test_an_attempt_counts_also_when_its_action_fails():
    lab = a_lab()

    @action("code.try")
    def try_code(lab: SmallLab, *, by: Actor) -> None:
        limits.spend("code", "192.0.2.1", 3, 60)
        raise ArithmeticError

    for _each in range(2):
        with pytest.raises(ArithmeticError):
            try_code(lab, by=an_actor(lab))

    assert limits.left("code", "192.0.2.1", 3, 60) == 1


def test_an_action_costs_four_queries_of_its_own(django_assert_num_queries):
    lab = a_lab()
    make_finding(lab, by=an_actor(lab))

    with django_assert_num_queries(4 + 1 + 2):  # lock, head, record, head; the finding; the transaction
        make_finding(lab, by=an_actor(lab))
