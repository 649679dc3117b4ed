"""Nobody reads beyond what a teller said yes to: every role, reach, kind of organisation and kind of host."""

from datetime import timedelta
from itertools import product
from unittest.mock import patch

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import AUTHORITIES, OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.actions import change_consent, cross_version, hold_story, withdraw_story
from medskapa.stages.listening.models import Reach, Story, Version
from medskapa.stages.listening.queries import listed_stories, shown
from medskapa.stages.listening.reach import MEMBERS
from medskapa.stages.listening.stages import visible_stories
from medskapa.stages.listening.tests.makers import a_story, a_withdrawn_story, teller_of
from medskapa.stages.listening.visibility import may_read, may_read_original, readable, readable_versions

pytestmark = pytest.mark.django_db

LEVELS = list(Reach.values)
KINDS = [None, OrganisationKind.NGO, OrganisationKind.REGION, OrganisationKind.STATE_AGENCY]


def reader(lab: Lab, role: str, organisation: Organisation | None = None) -> Actor:
    """Somebody in this role, who belongs to this organisation."""
    if role == "public":
        return Actor.public(lab.public_id)
    key = a_participation(lab, unit=a_unit(organisation)).public_id if organisation else "nobody_12345"
    return Actor("participation", key, lab.public_id, frozenset({role}), frozenset({organisation.kind} if organisation else ()))


def expected(role: str, kind: str | None, host: str, wish: str, reach: str, kept: str | None, has_crossed: bool) -> bool:
    """The rule of the design, written a second time and plainly."""
    goes = min(LEVELS.index(wish), LEVELS.index(reach))
    is_team = role in {"moderator", "facilitator", "process_leader"}
    needs = 0 if is_team else 1 if role in MEMBERS else 2 if role == "reader" else 3
    if goes < needs or (kind and kind == kept) or (kept and needs > 1):
        return False
    if kind in AUTHORITIES and host != Lab.HostKind.AUTHORITY:
        return has_crossed or (goes >= 3 and not kept)
    return True


@pytest.fixture
def labs() -> dict[str, Lab]:
    return {kind: a_lab(host_kind=kind) for kind in (Lab.HostKind.AUTHORITY, Lab.HostKind.ASSOCIATION)}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    role=st.sampled_from(["public", "reader", "juror", "actor", "co_creator", "moderator", "facilitator"]),
    kind=st.sampled_from(KINDS),
    host=st.sampled_from([Lab.HostKind.AUTHORITY, Lab.HostKind.ASSOCIATION]),
    wish=st.sampled_from(LEVELS),
    reach=st.sampled_from(LEVELS),
    kept=st.sampled_from([None, OrganisationKind.REGION, OrganisationKind.NGO]),
    has_crossed=st.booleans(),
    state=st.sampled_from(["released", "told", "held", "withdrawn"]),
    days_left=st.sampled_from([None, 1, 0, -1]),
)
def test_nobody_reads_beyond_consent(labs, role, kind, host, wish, reach, kept, has_crossed, state, days_left):
    lab = labs[host]
    organisation = an_organisation(kind) if kind else None
    story = stored(lab, wish=wish, reach=reach, kept=kept, state=state)
    if days_left is not None:
        story.consents.update(valid_to=now() + timedelta(days=days_left))
        wish = wish if days_left > 0 else Reach.TEAM
    if has_crossed and organisation is not None:
        story.versions.get().crossings.create(lab=lab, organisation=organisation, by="participation:x", hash="0" * 64)
    who = reader(lab, role, organisation)

    answer = state == "released" and expected(role, kind if role != "public" else None, host, wish, reach, kept, has_crossed)

    assert may_read(story, reader=who) is answer
    assert readable(Story.objects.filter(pk=story.pk), reader=who).exists() is answer
    assert readable_versions(Story.objects.filter(pk=story.pk), reader=who).exists() is answer
    assert visible_stories(who).filter(pk=story.pk, state="released").exists() is answer
    assert any(one.text for one in shown(listed_stories(lab, reader=who).filter(pk=story.pk), reader=who)) is answer


def stored(lab: Lab, *, wish: str, reach: str, kept: str | None, state: str) -> Story:
    """A story as the store could hold it, whatever the actions would have allowed."""
    story = a_story(lab, released=True, reach=Reach.TEAM, wish=wish)
    story.consents.update(level=wish)
    moment = now()
    Story.objects.filter(pk=story.pk).update(
        reach=reach, kept_from=[kept] if kept else [], state=state, withdrawn_at=moment if state == "withdrawn" else None
    )
    story.refresh_from_db()
    return story


@pytest.mark.parametrize("lab_of_reader", ["another", "its own"])
def test_another_labs_team_reads_nothing(lab_of_reader):
    story = a_story(a_lab(), released=True, reach=Reach.PUBLIC)
    who = an_actor(story.lab if lab_of_reader == "its own" else a_lab(), Role.PROCESS_LEADER)

    assert may_read(story, reader=who) is (lab_of_reader == "its own")


def test_after_the_time_that_its_teller_gave_only_the_team_reads_a_story():
    story = a_story(a_lab(), released=True, reach=Reach.PUBLIC, until=now() + timedelta(days=1))
    readers = [an_actor(story.lab, role) for role in ("public", Role.ACTOR, Role.JUROR, Role.FACILITATOR)]

    assert [may_read(story, reader=who) for who in readers] == [True, True, True, True]
    with at(now() + timedelta(days=2)):
        assert [may_read(story, reader=who) for who in readers] == [False, False, False, True]


def test_the_name_of_the_tellers_choice_goes_with_the_time_they_gave():
    lab = a_lab()
    teller = a_pseudonym(lab, alias="Alva")
    a_story(lab, teller=teller, released=True, reach=Reach.PUBLIC_NAMED, until=now() + timedelta(days=1))
    team = an_actor(lab, Role.FACILITATOR)

    assert shown(listed_stories(lab, reader=team), reader=team)[0].by == "Alva"
    with at(now() + timedelta(days=2)):
        assert shown(listed_stories(lab, reader=team), reader=team)[0].by == ""


def test_what_is_held_narrowed_or_taken_back_is_no_longer_read():
    lab = a_lab()
    everybody = Actor.public(lab.public_id)
    held, narrowed, gone = (a_story(lab, released=True, reach=Reach.PUBLIC) for _ in range(3))
    assert readable(lab.stories.all(), reader=everybody).count() == 3

    hold_story(held, by=an_actor(lab, Role.MODERATOR))
    change_consent(narrowed, wish=Reach.LAB, kept_from=frozenset(), by=teller_of(narrowed))
    withdraw_story(gone, by=teller_of(gone))

    assert readable(lab.stories.all(), reader=everybody).count() == 0


def test_an_authority_reads_the_very_text_that_crossed_and_no_other_language():
    lab = a_lab()
    office = an_organisation(OrganisationKind.STATE_AGENCY)
    story = a_story(lab, released=True, texts={"sv": "Jag väntade.", "en": "I waited."})
    who = reader(lab, "actor", office)
    assert not may_read(story, reader=who)

    cross_version(story.versions.get(language="en"), organisation=office, by=an_actor(lab, Role.PROCESS_LEADER))

    texts = readable_versions(lab.stories.all(), reader=who)
    assert [version.language for version in texts] == ["en"]
    assert not may_read(story, reader=reader(lab, "actor", an_organisation(OrganisationKind.STATE_AGENCY)))


@pytest.mark.parametrize(("role", "kind"), list(product(["moderator", "interpreter", "actor", "facilitator"], KINDS)))
def test_the_tellers_own_words_are_for_those_who_moderate_and_never_cross(role, kind):
    lab = a_lab()
    story = a_story(lab, released=True, reach=Reach.PUBLIC)
    who = reader(lab, role, an_organisation(kind) if kind else None)

    assert may_read_original(story, reader=who) is (role in {"moderator", "interpreter"} and kind not in AUTHORITIES)


def test_a_translation_of_the_own_words_is_no_released_text():
    story = a_story(a_lab(), released=True)
    Version.objects.create(
        lab=story.lab, story=story, kind=Version.Kind.TRANSLATION, language="en", words=story.versions.get().words, made_by="x"
    )

    texts = readable_versions(Story.objects.all(), reader=an_actor(story.lab, Role.MODERATOR))

    assert [version.language for version in texts] == ["sv"]


def test_a_withdrawn_story_is_listed_as_a_stump_without_title_or_text():
    lab = a_lab()
    a_withdrawn_story(lab)

    one = shown(listed_stories(lab, reader=an_actor(lab, Role.ACTOR)), reader=an_actor(lab, Role.ACTOR))[0]

    assert (one.is_stump, one.title, one.text) == (True, "", None)


def test_when_the_check_of_who_may_read_fails_the_page_shows_nothing():
    lab = a_lab()
    a_story(lab, words="Mina hemliga ord", released=True, reach=Reach.PUBLIC)
    client = a_client(lab, Role.ACTOR)
    client.raise_request_exception = False

    with patch("medskapa.stages.listening.visibility._consented", side_effect=RuntimeError):
        answers = [browser.get(f"/sv/labs/{lab.slug}/stories/") for browser in (client, Client(raise_request_exception=False))]

    assert [answer.status_code for answer in answers] == [500, 500]
    assert not any("Mina hemliga ord" in answer.content.decode() for answer in answers)
