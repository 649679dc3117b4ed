"""What the verbs of safeguarding promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.fresh_proof import NotProvedLately
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import lock_identity, open_identity, post_of, raise_concern, read_concern, save_representative
from medskapa.ground.safeguarding.following import close_concern, make_letter, note_step, take_concern
from medskapa.ground.safeguarding.models import Concern, IdentityOpening, Representative
from medskapa.ground.safeguarding.tests.makers import a_concern, a_representative, an_identity

pytestmark = pytest.mark.django_db
ALL_OTHERS = [role for role in Role.values if role not in {Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_DEPUTY}]


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def officer(lab: Lab, *, proved: timedelta = timedelta(minutes=1)) -> Actor:
    return replace(an_actor(lab, Role.SAFEGUARDING_OFFICER), proved_at=now() - proved)


def test_any_member_raises_a_concern_and_cannot_read_it_again(lab):
    member = an_actor(lab, "co_creator")
    concern = raise_concern(lab, worry="She does not sleep there.", by=member)

    assert "sleep" not in repr(concern.worry)
    with pytest.raises(NotAllowed) as refused:
        read_concern(concern, by=member)
    assert refused.value.is_secret


def test_the_officer_reads_it_and_the_reading_leaves_a_line(lab):
    concern = a_concern(lab, worry="She does not sleep there.")

    assert read_concern(concern, by=officer(lab)).concern.worry == "She does not sleep there."
    assert [reading.role for reading in chain.readings_of(concern)] == [Role.SAFEGUARDING_OFFICER]


@pytest.mark.parametrize("role", ALL_OTHERS)
def test_nobody_else_reads_takes_notes_or_closes(lab, role):
    concern, other = a_concern(lab), an_actor(lab, role)

    for act in (
        lambda: read_concern(concern, by=other),
        lambda: take_concern(concern, by=other),
        lambda: note_step(concern, done="x", by=other),
        lambda: close_concern(concern, ended="x", by=other),
        lambda: make_letter(concern, by=other),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.is_secret


def test_the_public_raises_no_concern(lab):
    with pytest.raises(NotAllowed):
        raise_concern(lab, worry="x", by=Actor.public(lab.public_id))


def test_the_officer_of_another_lab_finds_nothing(lab):
    with pytest.raises(NotAllowed):
        read_concern(a_concern(lab), by=officer(a_lab()))


def test_a_concern_is_taken_on_written_down_closed_and_taken_on_again(lab):
    concern, by = a_concern(lab), officer(lab)

    take_concern(concern, by=by)
    note_step(concern, done="Talked with her.", by=by)
    close_concern(concern, ended="She has moved.", by=by)

    assert [step.done for step in read_concern(concern, by=by).steps] == ["Talked with her.", "She has moved."]
    assert take_concern(concern, by=by).state == Concern.State.TAKEN


def test_what_nobody_took_on_is_not_closed(lab):
    with pytest.raises(WrongState):
        close_concern(a_concern(lab), ended="x", by=officer(lab))


def test_the_key_belongs_to_the_post_and_is_made_once(lab):
    assert post_of(lab) == post_of(lab)
    assert a_concern(lab).key == a_concern(lab).key == post_of(lab).key


def test_an_identity_is_opened_with_a_reason_that_is_kept(lab):
    identity = an_identity(lab, who="Amina A.")

    open_identity(identity, reason="The police asks.", by=officer(lab))
    opened = open_identity(identity, reason="Social services ask.", by=officer(lab))

    assert opened.identity.who == "Amina A."
    assert [opening.reason for opening in opened.openings] == ["The police asks.", "Social services ask."]
    assert len(chain.readings_of(identity)) == 2


def test_an_identity_is_not_opened_by_who_did_not_just_prove_who_they_are(lab):
    identity = an_identity(lab)

    for by in (officer(lab, proved=timedelta(minutes=16)), replace(officer(lab), proved_at=None)):
        with pytest.raises(NotProvedLately):
            open_identity(identity, reason="x", by=by)
    assert not IdentityOpening.objects.exists()


@pytest.mark.parametrize("role", [Role.PROCESS_LEADER, Role.SAFEGUARDING_DEPUTY, Role.MODERATOR])
def test_who_locks_an_identity_cannot_open_it(lab, role):
    identity = an_identity(lab)

    with pytest.raises(NotAllowed) as refused:
        open_identity(identity, reason="x", by=replace(an_actor(lab, role), proved_at=now()))
    assert refused.value.is_secret


def test_what_is_locked_again_replaces_what_was_locked(lab):
    somebody = a_pseudonym(lab)
    first = an_identity(lab, who="Wrong", pseudonym=somebody)

    second = lock_identity(somebody, who="Right", by=an_actor(lab, Role.PROCESS_LEADER))

    assert first.pk == second.pk
    assert open_identity(second, reason="x", by=officer(lab)).identity.who == "Right"


def test_the_store_refuses_a_representative_who_ends_before_beginning(lab):
    representative = a_representative(lab)

    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=representative.pk).update(valid_to=date(2000, 1, 1))


def test_only_who_may_notes_who_speaks_for_somebody(lab):
    representative = Representative(lab=lab, pseudonym=a_pseudonym(lab), type="parent", valid_from=date(2017, 1, 1))

    with pytest.raises(NotAllowed):
        save_representative(representative, by=an_actor(lab, Role.MODERATOR))
