"""Each kind of record has a period. What is past it goes, for good, and nothing goes before."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.actions import close_lab, invite
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import Invitation, Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.ground.safeguarding.alarm import ring
from medskapa.ground.safeguarding.following import close_concern, take_concern
from medskapa.ground.safeguarding.models import Alarm, Concern, ConcernStep, LockedIdentity, Period
from medskapa.ground.safeguarding.retention import KINDS, kept_by, let_go_of, set_period
from medskapa.ground.safeguarding.tasks import let_go_of_what_is_due
from medskapa.ground.safeguarding.tests.makers import an_identity
from medskapa.stages.listening.actions import raise_story_concern, withdraw_story
from medskapa.stages.listening.models import Message, Story, StoryConcern
from medskapa.stages.listening.tests.makers import a_story, an_answer
from tests.serving import medskapa

pytestmark = pytest.mark.django_db


def a_closed_lab(days_ago: int) -> Lab:
    """A lab with a story, its answer, a locked identity and an invitation, that closed so many days ago."""
    lab = a_lab()
    story = a_story(lab, released=True)
    an_answer(story)
    an_identity(lab, pseudonym=story.teller)
    invitation, _token = invite(lab, name="Ada", role=Role.MODERATOR, email="ada@lab.example", by=an_actor(lab, Role.PROCESS_LEADER))
    close_lab(lab, by=an_actor(lab, Role.PROCESS_LEADER))
    Lab.objects.filter(pk=lab.pk).update(closed_at=now() - timedelta(days=days_ago))
    Invitation.objects.filter(pk=invitation.pk).update(ends_at=now() - timedelta(days=days_ago))
    lab.refresh_from_db()
    return lab


def run(lab: Lab) -> dict[str, int]:
    return let_go_of(lab, by=Actor.system("retention", lab.public_id))


def test_while_a_lab_is_open_nothing_of_its_stories_goes():
    lab = a_lab()
    a_story(lab)

    assert run(lab) == dict.fromkeys(KINDS, 0)
    assert {kept.kind.name: kept.next_at for kept in kept_by(lab)}["stories"] is None


def test_two_years_after_a_lab_has_closed_nobody_can_read_its_stories_and_their_number_stays():
    lab = a_closed_lab(days_ago=731)

    gone = run(lab)

    story = lab.stories.get()
    assert gone["stories"] == gone["tellers"] == gone["identities"] == gone["invitations"] == 1
    assert (unseal(story).words, story.state) == (None, Story.State.WITHDRAWN)
    assert unseal(Message.objects.get(story=story)).words is None
    assert unseal(story.versions.get()).words is None
    assert not LockedIdentity.objects.exists()
    assert not Invitation.objects.exists()
    assert Pseudonym.objects.get().stopped_at is not None


@given(days=st.integers(min_value=1, max_value=3650))
def test_whatever_day_it_is_nothing_past_its_time_is_left_and_nothing_else_is_gone(days):
    lab = a_closed_lab(days_ago=days)
    due = {kept.kind.name: kept.due_count for kept in kept_by(lab)}
    count = {kept.kind.name: kept.count for kept in kept_by(lab)}

    assert run(lab) == due

    after = {kept.kind.name: (kept.count, kept.due_count) for kept in kept_by(lab)}
    assert after == {name: (count[name] - due[name], 0) for name in KINDS}
    assert due == {name: int(kind.days <= days) for name, kind in KINDS.items() if count[name]} | dict.fromkeys(
        [name for name in KINDS if not count[name]], 0
    )


def test_a_concern_outlives_its_story_and_goes_five_years_after_it_was_closed():
    lab = a_lab()
    story = a_story(lab)
    concern = raise_story_concern(story, worry="He is hit.", by=an_actor(lab, Role.MODERATOR)).concern
    ring(concern, number=0, told=[(a_participation(lab, Role.SAFEGUARDING_OFFICER), True)], by=Actor.system("clock", lab.public_id))
    officer = an_actor(lab, Role.SAFEGUARDING_OFFICER)
    withdraw_story(story, by=actor_of_pseudonym(story.teller))
    assert run(lab)["concerns"] == 0
    close_concern(take_concern(concern, by=officer), ended="He has moved.", by=officer)

    assert "He is hit." in read_concern(concern, by=officer).concern.worry
    with at(now() + timedelta(days=1824)):
        assert run(lab)["concerns"] == 0
    with at(now() + timedelta(days=1826)):
        assert run(lab)["concerns"] == 1

    assert [model.objects.count() for model in (Concern, ConcernStep, Alarm, StoryConcern)] == [0, 0, 0, 0]
    assert Story.objects.get().state == Story.State.WITHDRAWN


def test_running_it_twice_does_nothing_more():
    lab = a_closed_lab(days_ago=731)
    run(lab)

    assert sum(run(lab).values()) == 0


def test_a_lab_says_how_long_and_only_who_leads_it_does():
    lab = a_closed_lab(days_ago=100)
    set_period(lab, kind="stories", days=90, by=an_actor(lab, Role.PROCESS_LEADER))

    with pytest.raises(NotAllowed):
        set_period(lab, kind="tellers", days=1, by=an_actor(lab, Role.MODERATOR))

    assert run(lab)["stories"] == 1
    assert Period.objects.get().days == 90


def test_one_that_cannot_go_holds_up_no_other(monkeypatch):
    lab = a_closed_lab(days_ago=731)
    a_closed = KINDS["stories"]
    monkeypatch.setitem(KINDS, "stories", replace(a_closed, let_go=lambda _row, *, by: 1 / 0))

    gone = run(lab)

    assert (gone["stories"], gone["tellers"], gone["identities"]) == (0, 1, 1)


def test_its_teller_reads_that_its_time_was_over_and_not_that_they_took_it_back():
    lab = a_closed_lab(days_ago=100)
    set_period(lab, kind="stories", days=90, by=an_actor(lab, Role.PROCESS_LEADER))
    run(lab)

    own = client_of(Pseudonym.objects.get()).get("/en/return/mine/").content.decode()

    assert "Its time was over, so it is gone" in own
    assert "You took it back" not in own


def test_the_clock_does_it_in_every_lab():
    labs = [a_closed_lab(days_ago=800), a_closed_lab(days_ago=10)]

    let_go_of_what_is_due()

    assert [Story.objects.get(lab=lab).state for lab in labs] == [Story.State.WITHDRAWN, Story.State.RELEASED]


def test_the_rooms_still_open_after_everything_has_gone():
    lab = a_closed_lab(days_ago=3000)
    run(lab)

    for page in ("stories/", "answers/", "moderation/", "concerns/"):
        role = Role.SAFEGUARDING_OFFICER if page == "concerns/" else Role.MODERATOR
        answer = a_client(lab, role).get(f"/en/labs/{lab.slug}/{page}")
        assert (page, answer.status_code) == (page, 200)
        assert "None" not in answer.content.decode()


def test_the_command_says_what_will_go_and_then_lets_it_go(tmp_path):
    data = str(tmp_path)
    assert medskapa("demo", MEDSKAPA_DATA=data).returncode == 0

    said = medskapa("retention", "--dry-run", "--json", MEDSKAPA_DATA=data)

    kinds = json.loads(said.stdout)["kinds"]
    assert {one["kind"] for one in kinds} == set(KINDS)
    assert said.returncode == int(any(one["due"] for one in kinds))
    assert medskapa("retention", "--apply", MEDSKAPA_DATA=data).returncode == 0
    assert medskapa("retention", "--dry-run", "--lab", "nowhere", MEDSKAPA_DATA=data).returncode == 2
