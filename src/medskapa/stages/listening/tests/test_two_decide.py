"""Two people let a statement through where the lab has two moderators, and nobody decides about their own."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.migrations import RunPython
from django.http import HttpResponse

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import edit_statement, open_statement, save_rules, set_statement_aside
from medskapa.stages.listening.errors import OwnSecond, OwnStatement
from medskapa.stages.listening.models import DeskRules, Statement, StatementDecision
from medskapa.stages.listening.panels import to_do
from medskapa.stages.listening.tasks import remind_of_statements
from medskapa.stages.listening.tests.makers import a_statement, a_vote

pytestmark = pytest.mark.django_db
State, HURTS = Statement.State, Statement.NotFor.HURTS
KEY = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "en"])


def two_moderators(lab: Lab) -> tuple[Participation, Participation]:
    return a_participation(lab, Role.MODERATOR, name="Maja Modig"), a_participation(lab, Role.MODERATOR, name="Bo Berg")


def a_first_yes(lab: Lab, **what: object) -> tuple[Statement, Participation, Participation]:
    """A statement to which the first of two moderators said yes."""
    first, second = two_moderators(lab)
    statement = a_statement(lab, is_open=False, **what)
    return open_statement(statement, by=actor_of_participation(first)), first, second


def its_page(who: Participation, statement: Statement) -> str:
    return client_of(who).get(statement.get_absolute_url()).content.decode()


def says_yes(who: Participation, statement: Statement, page: str) -> HttpResponse:
    """Press the button on a page that was opened before."""
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    return client_of(who).post(f"{statement.get_absolute_url()}open/", {"form_key": KEY, "seen": seen})


def ruled(lab: Lab, pair: str) -> None:
    save_rules(DeskRules(lab=lab, statements=pair), by=an_actor(lab, Role.PROCESS_LEADER))


def test_where_two_moderate_a_statement_waits_for_the_yes_of_somebody_else(lab):
    statement, first, second = a_first_yes(lab)

    assert statement.state == State.FIRST_YES
    with pytest.raises(WrongState):
        a_vote(statement)
    with pytest.raises(OwnSecond):
        open_statement(statement, by=actor_of_participation(first))
    open_statement(statement, by=actor_of_participation(second))

    assert a_vote(statement).statement.state == State.OPEN
    assert list(statement.decisions.order_by("pk").values_list("state", "by")) == [("first_yes", first.pk), ("open", second.pk)]


def test_where_one_moderates_one_is_enough(lab):
    statement = a_statement(lab, is_open=False)

    assert open_statement(statement, by=an_actor(lab, Role.MODERATOR)).state == State.OPEN


@pytest.mark.parametrize(("pair", "moderators", "state"), [("always", 1, State.FIRST_YES), ("never", 2, State.OPEN)])
def test_a_lab_can_want_two_for_every_statement_or_none(lab, pair, moderators, state):
    ruled(lab, pair)
    actors = [an_actor(lab, Role.MODERATOR) for _number in range(moderators)]

    assert open_statement(a_statement(lab, is_open=False), by=actors[0]).state == state


def test_a_rule_that_no_longer_wants_two_lets_the_first_go_on_alone(lab):
    statement, first, _second = a_first_yes(lab)
    ruled(lab, DeskRules.Pair.NEVER)

    assert open_statement(statement, by=actor_of_participation(first)).state == State.OPEN


def test_either_of_two_refuses_with_a_reason(lab):
    by_first, first, second = a_first_yes(lab)
    by_second = open_statement(a_statement(lab, is_open=False), by=actor_of_participation(first))

    for statement, who in ((by_first, first), (by_second, second)):
        set_statement_aside(statement, reason=HURTS, by=actor_of_participation(who))

        statement.refresh_from_db()
        assert (statement.state, statement.first_by) == (State.SET_ASIDE, None)
        assert statement.decisions.order_by("-pk")[0].by == who


def test_two_at_once_are_one_first_and_the_other_is_told(lab):
    first, second = two_moderators(lab)
    statement = a_statement(lab, is_open=False)
    as_the_other_sees_it = Statement.objects.get(pk=statement.pk)
    open_statement(statement, by=actor_of_participation(first))

    with pytest.raises(WrongState):
        open_statement(as_the_other_sees_it, by=actor_of_participation(second))


@pytest.mark.parametrize("moderators", [1, 2])
def test_nobody_decides_about_what_they_suggested_while_somebody_else_may(lab, moderators):
    author = a_participation(lab, Role.FACILITATOR)
    for _number in range(moderators):
        a_participation(lab, Role.MODERATOR)
    statement = a_statement(lab, is_open=False, author=author)

    for decide in (open_statement, lambda row, by: set_statement_aside(row, reason=HURTS, by=by)):
        with pytest.raises(OwnStatement):
            decide(statement, by=actor_of_participation(author))
    assert not statement.decisions.exists()


def test_who_runs_a_lab_alone_opens_their_own_statements_and_mends_them(lab):
    alone = a_participation(lab, Role.PROCESS_LEADER)
    statement = a_statement(lab, is_open=False, author=alone)
    assert "Let people answer it" in its_page(alone, statement)

    assert statement in [todo.where for todo in to_do(actor_of_participation(alone), lab)]
    says_yes(alone, statement, its_page(alone, statement))
    statement.refresh_from_db()
    statement.title = "Something else."

    assert edit_statement(statement, by=actor_of_participation(alone)).state == State.OPEN


def test_who_runs_a_lab_alone_and_wants_two_for_every_statement_waits_for_somebody(lab):
    alone = a_participation(lab, Role.PROCESS_LEADER)
    save_rules(DeskRules(lab=lab, statements=DeskRules.Pair.ALWAYS), by=actor_of_participation(alone))
    statement = a_statement(lab, is_open=False, author=alone)

    with pytest.raises(OwnStatement):
        open_statement(statement, by=actor_of_participation(alone))
    assert "Nobody else in this lab may decide about it yet." in its_page(alone, statement)


def test_new_words_need_the_yes_of_two_again(lab):
    waits, _first, second = a_first_yes(lab)
    opened = open_statement(
        open_statement(a_statement(lab, is_open=False), by=an_actor(lab, Role.MODERATOR)), by=an_actor(lab, Role.MODERATOR)
    )

    for statement in (waits, opened):
        statement.title = "Something else."
        edit_statement(statement, by=actor_of_participation(second))

        statement.refresh_from_db()
        assert (statement.state, statement.first_by) == (State.SUGGESTED, None)


def test_where_one_is_enough_they_may_mend_the_words_and_an_author_may_not_alone(lab):
    author = a_participation(lab, Role.FACILITATOR)
    for who, state in ((an_actor(lab, Role.MODERATOR), State.OPEN), (actor_of_participation(author), State.SUGGESTED)):
        statement = open_statement(a_statement(lab, is_open=False, author=author), by=an_actor(lab, Role.PROCESS_LEADER))
        statement.title = "Something else."

        assert edit_statement(statement, by=who).state == state


def test_what_was_set_aside_comes_back_by_two_and_its_answers_wait_with_it(lab):
    statement = a_vote(a_statement(lab)).statement
    first, second = two_moderators(lab)
    set_statement_aside(statement, reason=HURTS, by=actor_of_participation(first))

    open_statement(statement, by=actor_of_participation(first))
    page = client_of(second).get(statement.conversation.get_absolute_url()).content.decode()
    assert (statement.state, "set aside" in page) == (State.FIRST_YES, True)
    assert open_statement(statement, by=actor_of_participation(second)).state == State.OPEN


def test_the_page_says_who_said_yes_and_whom_it_waits_for(lab):
    statement, first, second = a_first_yes(lab)

    own, other = (client_of(who).get(statement.get_absolute_url()).content.decode() for who in (first, second))

    assert ("You said yes" in own, "Bo Berg" in own, "Say yes, too" in own) == (True, True, False)
    assert ("Maja Modig" in other, "Say yes, too" in other) == (True, True)


def test_an_author_in_the_team_reads_that_others_decide(lab):
    author = a_participation(lab, Role.FACILITATOR, name="Frida Fors")
    a_participation(lab, Role.MODERATOR, name="Maja Modig")
    statement = a_statement(lab, is_open=False, author=author)

    page = client_of(author).get(statement.get_absolute_url()).content.decode()

    assert ("so others decide" in page, "Maja Modig" in page, "Let people answer it" in page) == (True, True, False)


def test_an_author_with_a_code_reads_that_it_waits_and_not_whose_yes_it_has(lab):
    author = a_pseudonym(lab)
    statement, _first, _second = a_first_yes(lab, author=author)
    client = client_of(author)

    for path in (statement.get_absolute_url(), statement.conversation.get_absolute_url()):
        page = client.get(path).content.decode()
        assert ("Maja Modig" in page, "Bo Berg" in page) == (False, False)
    assert "waits for the team" in page


def test_pressing_the_button_says_the_second_yes(lab):
    statement, _first, second = a_first_yes(lab)

    answer = says_yes(second, statement, its_page(second, statement))

    statement.refresh_from_db()
    assert (answer.status_code, statement.state) == (303, State.OPEN)


@pytest.mark.parametrize("said", [{"title": "Everybody should have to go."}, {"language": "en"}])
def test_a_yes_counts_only_for_the_words_that_the_page_showed(lab, said):
    first, second = two_moderators(lab)
    statement = a_statement(lab, is_open=False)
    page = its_page(second, statement)
    for name, value in said.items():
        setattr(statement, name, value)
    edit_statement(statement, by=actor_of_participation(first))

    answer = says_yes(second, statement, page)

    statement.refresh_from_db()
    assert (answer.status_code, statement.state) == (409, State.SUGGESTED)
    assert "This has changed in the meantime." in answer.content.decode()


def test_words_that_change_between_opening_a_statement_and_saying_yes_get_no_yes(lab):
    first, second = two_moderators(lab)
    statement = a_statement(lab, is_open=False)
    as_the_other_sees_it = Statement.objects.get(pk=statement.pk)
    statement.title = "Something else."
    edit_statement(statement, by=actor_of_participation(first))

    with pytest.raises(WrongState):
        open_statement(as_the_other_sees_it, by=actor_of_participation(second))


def test_a_yes_that_comes_while_somebody_writes_new_words_falls_with_the_old_ones(lab):
    first, second = two_moderators(lab)
    statement = a_statement(lab, is_open=False)
    as_the_other_sees_it = Statement.objects.get(pk=statement.pk)
    open_statement(statement, by=actor_of_participation(first))

    as_the_other_sees_it.title = "Something else."
    edit_statement(as_the_other_sees_it, by=actor_of_participation(second))

    statement.refresh_from_db()
    assert (statement.title, statement.state, statement.first_by) == ("Something else.", State.SUGGESTED, None)


def test_the_log_shows_both_and_its_file_too(lab):
    statement, _first, second = a_first_yes(lab)
    open_statement(statement, by=actor_of_participation(second))
    path = f"/en/labs/{lab.slug}/conversations/{statement.conversation.public_id}/decisions/"

    for address in (path, f"{path}file/"):
        page = client_of(second).get(address).content.decode()
        assert ("Maja Modig" in page, "Bo Berg" in page) == (True, True)


def test_what_has_the_first_yes_is_to_be_decided_about_by_others_within_a_day(lab):
    statement, first, second = a_first_yes(lab)

    (todo,) = to_do(actor_of_participation(second), lab)

    assert (todo.where, todo.due) == (statement, statement.first_at + timedelta(hours=24))
    assert to_do(actor_of_participation(first), lab) == []


def test_a_day_after_the_first_yes_the_others_are_reminded_and_not_the_first(lab, mailoutbox):
    _statement, _first, second = a_first_yes(lab)

    with at(now() + timedelta(hours=25)):
        assert remind_of_statements() == 1
    assert mailoutbox[0].to == [second.account.email]


def test_where_the_only_moderator_suggested_it_the_process_leader_is_reminded(lab, mailoutbox):
    moderator, leader = a_participation(lab, Role.MODERATOR), a_participation(lab, Role.PROCESS_LEADER)
    a_statement(lab, is_open=False, author=moderator)

    with at(now() + timedelta(hours=25)):
        remind_of_statements()

    assert [mail.to for mail in mailoutbox] == [[leader.account.email]]


def test_the_store_knows_no_first_yes_without_a_name(lab):
    statement = a_statement(lab, is_open=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(state=State.FIRST_YES)


def test_gone_back_to_one_decision_what_waits_for_a_second_person_is_suggested_again(lab):
    waits, first, _second = a_first_yes(lab)
    refused = open_statement(a_statement(lab, is_open=False), by=actor_of_participation(first))
    set_statement_aside(refused, reason=HURTS, by=actor_of_participation(first))

    two_decide = import_module("medskapa.stages.listening.migrations.0017_two_decide_about_statements").Migration.operations
    for step in reversed(two_decide):
        if isinstance(step, RunPython):
            step.reverse_code(apps, None)

    waits.refresh_from_db()
    assert (waits.state, waits.first_by, waits.first_at) == (State.SUGGESTED, None, None)
    assert list(StatementDecision.objects.values_list("state", flat=True)) == [State.SET_ASIDE]
