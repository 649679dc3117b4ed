"""What tellers agree to: how far, how long, and never more than an adult who had to agree."""

from datetime import UTC, datetime, timedelta

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, client_of
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.stages.listening.actions import change_consent, change_research, correct_story, withdraw_story
from medskapa.stages.listening.actions.representing import make_adult_code
from medskapa.stages.listening.circles import kinds_of
from medskapa.stages.listening.errors import FurtherThanAgreed
from medskapa.stages.listening.models import Consent, Reach, Story
from medskapa.stages.listening.tests.makers import a_prompt, a_story, teller_of
from medskapa.stages.listening.tests.telling import fields_of, send, walk_to_the_end
from medskapa.stages.listening.visibility import agreed_level, is_for_research, last_yes

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def agreed_by_an_adult(client, lab: Lab, **telling: object) -> tuple[Pseudonym, Story]:
    """A child, and what they told and an adult agreed to."""
    child = a_pseudonym(lab, age_band=AgeBand.UNDER_13)
    story = a_story(lab, teller=child, **telling)
    code = make_adult_code(child, by=actor_of_pseudonym(child))
    shown = fields_of(client.post("/en/agree/", {"code": code}))
    client.post("/en/agree/", shown | {"type": "parent", "name": "A"})
    story.refresh_from_db()
    return child, story


def readers_page(story: Story) -> str:
    return f"/en/return/mine/{story.public_id}/readers/"


def test_who_tells_can_say_on_the_last_page_how_long_it_may_be_read(lab, client):
    a_prompt(lab)
    page = walk_to_the_end(client, lab, language="en", words="I waited.", wish=Reach.LAB)
    assert "How long may they read it?" in page.content.decode()

    with at(DAY):
        client.post(f"/en/labs/{lab.slug}/tell/send/", fields_of(page) | {"until": "1"})

    assert Story.objects.get().consents.get().valid_to == DAY + YEAR


def test_who_lets_only_the_team_read_is_not_asked_how_long(lab, client):
    a_prompt(lab)
    page = walk_to_the_end(client, lab, language="en", words="I waited.")

    send(client, lab, page, language="en")

    assert "How long may they read it?" not in page.content.decode()
    assert Story.objects.get().consents.get().valid_to is None


def test_until_when_it_may_be_read_can_be_changed_later_and_is_kept_if_nothing_else_is_said(lab):
    teller = a_pseudonym(lab)
    with at(DAY):
        story, client = a_story(lab, teller=teller), client_of(teller)
        client.post(readers_page(story), {"wish": "lab", "until": "2", "form_key": KEY})
        shown = client.get(readers_page(story)).content.decode()
        own = client.get(f"/en/return/mine/{story.public_id}/").content.decode()
    with at(DAY + timedelta(minutes=5)):
        client.post(readers_page(story), {"wish": "reports", "until": "as_now", "form_key": KEY + "1"})

    assert "Until 29 February 2028" in shown
    assert "Everyone in the lab, without names and places · until 29 February 2028" in own
    yes = last_yes(story)
    assert yes is not None
    assert (yes.level, yes.valid_to) == ("reports", DAY + 2 * YEAR)


def test_when_the_time_is_over_the_teller_and_the_desk_read_that_it_is(lab):
    teller = a_pseudonym(lab)
    story = a_story(lab, teller=teller, released=True, reach=Reach.PUBLIC, until=now() + timedelta(days=1))

    with at(now() + timedelta(days=2)):
        mine = client_of(teller)
        own = mine.get(f"/en/return/mine/{story.public_id}/").content.decode()
        thread = mine.get("/en/return/mine/").content.decode()
        desk = a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").content.decode()

    assert "Only the people who work in the lab. What was agreed before counted until" in own
    assert "From here only the people who work in the lab read it" in thread
    assert f'href="{readers_page(story)}"' in thread
    assert "Only the people who work in the lab. What was agreed before counted until" in desk
    assert 'value="public"' not in desk


def test_who_is_under_18_is_not_told_to_say_anew_what_only_an_adult_could_say(client, lab):
    child, _story = agreed_by_an_adult(client, lab, wish=Reach.LAB, until=now() + timedelta(days=1))

    with at(now() + timedelta(days=2)):
        mine = client_of(child)
        thread = mine.get("/en/return/mine/").content.decode()
        Pseudonym.objects.filter(pk=child.pk).update(age_band=AgeBand.ADULT)
        grown_up = mine.get("/en/return/mine/").content.decode()

    assert "From here only the people who work in the lab read it" in thread
    assert "Say anew who may read it" not in thread
    assert "Say anew who may read it" in grown_up


def test_a_time_that_was_over_can_be_given_anew(lab):
    teller = a_pseudonym(lab)
    story = a_story(lab, teller=teller, released=True, reach=Reach.LAB, until=now() + timedelta(days=1))

    with at(now() + timedelta(days=2)):
        before = agreed_level(story)
        change_consent(story, wish=Reach.LAB, kept_from=frozenset(), by=actor_of_pseudonym(teller))
        after = agreed_level(story)

    assert (before, after) == (Reach.TEAM, Reach.LAB)
    assert story.consents.filter(purpose=Consent.Purpose.RELEASE).count() == 2


def test_the_adult_sees_and_agrees_to_the_same_time(client, lab):
    until = now() + YEAR
    _child, story = agreed_by_an_adult(client, lab, until=until)

    assert story.consents.get(given_by=Consent.GivenBy.REPRESENTATIVE).valid_to == until


def test_nothing_is_read_longer_than_the_adult_agreed(client, lab):
    child, story = agreed_by_an_adult(client, lab, until=now() + YEAR)
    me = actor_of_pseudonym(child)

    with pytest.raises(FurtherThanAgreed):
        change_consent(story, wish=Reach.LAB, kept_from=frozenset(), by=me)
    shown = client_of(child).get(readers_page(story)).content.decode()
    change_consent(story, wish=Reach.LAB, kept_from=frozenset(), until=now() + timedelta(days=9), by=me)
    with at(now() + YEAR), pytest.raises(FurtherThanAgreed):
        change_consent(story, wish=Reach.LAB, kept_from=frozenset(), until=now() + YEAR, by=me)

    assert "Until I say stop" not in shown
    assert "For two years" not in shown


def test_whom_the_adult_kept_it_from_it_stays_kept_from_and_keeping_it_from_more_is_free(client, lab):
    child, story = agreed_by_an_adult(client, lab, kept_from=kinds_of(["region"]))
    me, mine = actor_of_pseudonym(child), client_of(child)

    with pytest.raises(FurtherThanAgreed):
        change_consent(story, wish=Reach.LAB, kept_from=frozenset(), by=me)
    refused = mine.post(readers_page(story), {"wish": "lab", "kept_from": ["company"], "form_key": KEY})
    assert refused.status_code == 422
    assert "said that these must not read it" in refused.content.decode()
    saved = mine.post(readers_page(story), {"wish": "lab", "kept_from": ["company", "region"], "form_key": KEY})
    fewer = mine.post(readers_page(story), {"wish": "lab", "kept_from": ["region"], "form_key": KEY + "1"})

    assert (saved.status_code, fewer.status_code) == (303, 303)
    assert OrganisationKind.REGION in Story.objects.get(pk=story.pk).kept_from
    assert OrganisationKind.COMPANY not in Story.objects.get(pk=story.pk).kept_from


@pytest.mark.parametrize("is_ticked", [False, True])
def test_researchers_may_use_a_story_only_if_its_teller_ticked_that(lab, client, is_ticked):
    a_prompt(lab)
    page = walk_to_the_end(client, lab, language="en", words="I waited.")
    assert "Researchers may use it" in page.content.decode()

    client.post(f"/en/labs/{lab.slug}/tell/send/", fields_of(page) | ({"research": "on"} if is_ticked else {}))

    assert is_for_research(Story.objects.get()) is is_ticked
    desk = a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/moderation/{Story.objects.get().public_id}/").content.decode()
    assert ("Researchers may use it" in desk) is is_ticked


def test_that_researchers_may_use_it_is_said_and_taken_back_by_itself_and_each_yes_stays_to_be_seen(lab):
    teller = a_pseudonym(lab)
    with at(DAY):
        story, client = a_story(lab, teller=teller, wish=Reach.LAB), client_of(teller)
        client.post(f"/en/return/mine/{story.public_id}/research/", {"may": "yes", "form_key": KEY})
        between = is_for_research(story)
    with at(DAY + timedelta(minutes=9)):
        client.post(f"/en/return/mine/{story.public_id}/research/", {"may": "no", "form_key": KEY + "1"})
        own = " ".join(client.get(f"/en/return/mine/{story.public_id}/").content.decode().split())

    assert (between, is_for_research(story), agreed_level(story)) == (True, False, Reach.LAB)
    assert 'That researchers may use it</span><span class="small muted">You · 1 March 2026 – 1 March 2026' in own
    assert (
        'That others read it: Everyone in the lab, without names and places</span><span class="small muted">You · since 1 March 2026' in own
    )


def test_where_an_adult_has_to_agree_researchers_need_their_yes_too(client, lab):
    child, story = agreed_by_an_adult(client, lab)
    other, agreed = agreed_by_an_adult(client, lab, is_for_research=True)

    with pytest.raises(FurtherThanAgreed):
        change_research(story, is_allowed=True, by=actor_of_pseudonym(child))
    change_research(agreed, is_allowed=False, by=actor_of_pseudonym(other))
    change_research(agreed, is_allowed=True, by=actor_of_pseudonym(other))

    assert "has not agreed that researchers use it" in client_of(child).get(f"/en/return/mine/{story.public_id}/").content.decode()
    assert (is_for_research(story), is_for_research(agreed)) == (False, True)


def test_research_ends_when_the_time_is_over_that_was_agreed_by_the_teller_and_the_adult(client, lab):
    with at(DAY):
        child, story = agreed_by_an_adult(client, lab, wish=Reach.LAB, until=DAY + YEAR, is_for_research=True)
        change_research(story, is_allowed=False, by=actor_of_pseudonym(child))
        change_research(story, is_allowed=True, by=actor_of_pseudonym(child))
        within = is_for_research(story)
    with at(DAY + YEAR):
        with pytest.raises(FurtherThanAgreed):
            change_research(story, is_allowed=True, by=actor_of_pseudonym(child))

        assert (within, is_for_research(story)) == (True, False)


def test_who_lets_others_read_it_for_a_shorter_time_shortens_research_too(lab):
    with at(DAY):
        story = a_story(lab, wish=Reach.LAB, is_for_research=True)
        change_consent(story, wish=Reach.LAB, kept_from=frozenset(), until=DAY + YEAR, by=teller_of(story))

    with at(DAY + YEAR - timedelta(days=1)):
        assert is_for_research(story)
    with at(DAY + YEAR):
        assert not is_for_research(story)


def test_what_is_said_on_a_page_that_was_shown_before_brings_nothing_back(lab):
    shown, gone = a_story(lab, released=True, reach=Reach.PUBLIC), a_story(lab)
    correct_story(Story.objects.get(pk=shown.pk), words="I waited for long.", by=teller_of(shown))
    withdraw_story(Story.objects.get(pk=gone.pk), by=teller_of(gone))

    change_consent(shown, wish=Reach.LAB, kept_from=frozenset(), by=teller_of(shown))
    with pytest.raises(WrongState):
        change_consent(gone, wish=Reach.LAB, kept_from=frozenset(), by=teller_of(gone))
    with pytest.raises(WrongState):
        change_research(gone, is_allowed=True, by=teller_of(gone))

    assert Story.objects.get(pk=shown.pk).reach == Reach.TEAM
    assert not is_for_research(gone)


def test_a_story_taken_back_is_no_longer_for_researchers(lab):
    teller = a_pseudonym(lab)
    story = a_story(lab, teller=teller, is_for_research=True)

    withdraw_story(story, by=actor_of_pseudonym(teller))

    assert not is_for_research(story)
