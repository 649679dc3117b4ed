"""Who comes back and was under 18 is asked after half a year how old they are; who has become 18 speaks for themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_lab, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import at
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.models import Representative
from medskapa.ground.safeguarding.retention import let_go_of
from medskapa.stages.listening.actions import change_consent, confirm_age, release_story, save_rules
from medskapa.stages.listening.actions.growing import bands_since
from medskapa.stages.listening.actions.representing import make_adult_code
from medskapa.stages.listening.models import AdultCode, Consent, DeskRules, Reach, Story
from medskapa.stages.listening.queries import waiting_stories
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.listening.tests.telling import fields_of
from medskapa.stages.listening.visibility import agreed_level, may_read

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "key-of-a-form-0123456789"
AGE = "/en/return/mine/age/"
MINE = "/en/return/mine/"


@pytest.fixture
def lab() -> Lab:
    lab = a_lab()
    save_rules(DeskRules(lab=lab, adult_below=18), by=an_actor(lab, Role.PROCESS_LEADER))
    return lab


def told_to(lab: Lab, band: str = AgeBand.FROM_16) -> tuple[Pseudonym, str]:
    """Somebody in this age band on the first day, and their code."""
    with at(DAY):
        return new_pseudonym(lab, language="en", age_band=band, by=Actor.public(lab.public_id))


def a_story_that_an_adult_agreed_to(teller: Pseudonym, reach: str = Reach.LAB) -> Story:
    """Told on the first day, agreed to by an adult, and released."""
    with at(DAY):
        story = a_story(teller.lab, teller=teller, wish=reach)
        code = make_adult_code(teller, by=actor_of_pseudonym(teller))
        shown = fields_of(Client().post("/en/agree/", {"code": code}))
        Client().post("/en/agree/", shown | {"type": "parent", "name": "A"})
        story.refresh_from_db()
        return release_story(story, title="A wait", texts={"sv": "Jag väntade."}, reach=reach, by=an_actor(teller.lab, Role.MODERATOR))


def later(days: int):
    return at(DAY + timedelta(days=days))


def comes_back(code: str) -> str:
    """Where somebody who types their code is led."""
    return str(Client().post("/en/return/", {"code": code}).headers["Location"])


@pytest.mark.parametrize(
    ("band", "days", "leads_to"),
    [
        (AgeBand.FROM_16, 180, MINE),
        (AgeBand.FROM_16, 190, AGE),
        (AgeBand.UNDER_13, 190, AGE),
        (AgeBand.ADULT, 4000, MINE),
        ("", 4000, MINE),
    ],
)
def test_who_was_under_18_half_a_year_ago_is_asked_at_the_next_return(lab, band, days, leads_to):
    _teller, code = told_to(lab, band)

    with later(days):
        assert comes_back(code) == leads_to


def test_the_first_answer_is_the_same_as_before_and_then_nobody_asks_for_another_half_year(lab):
    teller, code = told_to(lab)
    with later(190):
        client = client_of(teller)
        asked = client.get(AGE).content.decode()
        answer = client.post(AGE, {"band": AgeBand.FROM_16, "form_key": KEY})
        again = comes_back(code)

    assert "The same as before" in asked
    assert asked.index('value="16_17"') < asked.index("checked") < asked.index('value="18_plus"')
    assert (answer.status_code, answer.headers["Location"], again) == (303, MINE, MINE)
    with later(380):
        assert comes_back(code) == AGE


def test_without_an_answer_the_page_says_what_is_missing(lab):
    teller, _code = told_to(lab)

    with later(190):
        answer = client_of(teller).post(AGE, {"form_key": KEY})

    assert answer.status_code == 422
    assert "Choose one." in answer.content.decode()


@pytest.mark.parametrize(
    ("band", "years", "offered"),
    [
        (AgeBand.UNDER_13, 0.6, ["under_13", "13_15"]),
        (AgeBand.UNDER_13, 3, ["under_13", "13_15", "16_17"]),
        (AgeBand.FROM_13, 0.6, ["13_15", "16_17"]),
        (AgeBand.FROM_13, 2, ["13_15", "16_17", "18_plus"]),
        (AgeBand.FROM_16, 0.6, ["16_17", "18_plus"]),
    ],
)
def test_only_ages_are_offered_that_somebody_can_have_grown_into(lab, band, years, offered):
    teller, _code = told_to(lab, band)

    with later(round(years * 365)):
        assert [str(one.value) for one in bands_since(teller)] == offered


def test_a_child_of_twelve_is_not_18_half_a_year_later(lab):
    teller, _code = told_to(lab, AgeBand.UNDER_13)

    with later(190), pytest.raises(WrongState):
        confirm_age(teller, band=AgeBand.ADULT, by=actor_of_pseudonym(teller))


def test_what_an_adult_agreed_to_ends_when_the_teller_has_become_18_and_the_team_alone_reads_it_until_they_say_anew(lab):
    teller, _code = told_to(lab)
    story = a_story_that_an_adult_agreed_to(teller)
    member, team = an_actor(lab, Role.ACTOR), an_actor(lab, Role.FACILITATOR)
    with later(190):
        assert may_read(story, reader=member)
        client = client_of(teller)

        client.post(AGE, {"band": AgeBand.ADULT, "form_key": KEY})
        said = client.get(MINE).content.decode()

        assert "Say yourself who may read what you told." in said
        assert f'href="/en/return/mine/{story.public_id}/readers/"' in said
        assert (may_read(story, reader=member), may_read(story, reader=team)) == (False, True)
    representative = Representative.objects.get()
    assert representative.valid_to == (DAY + timedelta(days=190)).date()
    assert {one.valid_to for one in story.consents.all()} == {DAY + timedelta(days=190)}


def test_who_has_become_18_may_go_further_than_the_adult_agreed(lab):
    teller, _code = told_to(lab)
    story = a_story_that_an_adult_agreed_to(teller)
    with later(190):
        confirm_age(teller, band=AgeBand.ADULT, by=actor_of_pseudonym(teller))
        story = Story.objects.get(pk=story.pk)

        change_consent(story, wish=Reach.PUBLIC, kept_from=frozenset(), by=actor_of_pseudonym(teller))

        assert agreed_level(story) == Reach.PUBLIC
    assert [one.given_by for one in story.consents.filter(withdrawn_at__isnull=True)] == [Consent.GivenBy.TELLER]


def test_a_story_that_still_waits_for_an_adult_waits_no_more(lab):
    teller, _code = told_to(lab)
    with later(190):
        story = a_story(lab, teller=teller)
        make_adult_code(teller, by=actor_of_pseudonym(teller))

        confirm_age(teller, band=AgeBand.ADULT, by=actor_of_pseudonym(teller))

        assert list(waiting_stories(lab, reader=an_actor(lab, Role.MODERATOR))) == [story]
    assert not AdultCode.objects.exists()


def test_what_went_because_no_adult_agreed_in_time_still_says_so_to_who_has_become_18(lab):
    teller, _code = told_to(lab)
    with at(DAY):
        a_story(lab, teller=teller)
    with later(60):
        let_go_of(lab, by=Actor.system("retention", lab.public_id))
    with later(190):
        confirm_age(teller, band=AgeBand.ADULT, by=actor_of_pseudonym(teller))

        said = client_of(teller).get(MINE).content.decode()

    assert "No adult agreed in time, so it is gone" in said


def test_who_is_older_and_not_yet_18_keeps_what_the_adult_agreed_to(lab):
    teller, _code = told_to(lab, AgeBand.FROM_13)
    story = a_story_that_an_adult_agreed_to(teller)

    with later(190):
        assert confirm_age(teller, band=AgeBand.FROM_16, by=actor_of_pseudonym(teller)) is False

    assert Representative.objects.get().valid_to is None
    assert story.consents.filter(valid_to__isnull=True).count() == 2
