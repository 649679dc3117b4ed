"""Under a quote stands the language it was told in only as far as that points to nobody."""

from datetime import timedelta
from typing import Any

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.coarsening import BATCH
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.tests.makers import a_story, let_go
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.tests.makers import WORDS, a_quote, an_insight
from medskapa.stages.understanding.voices import voices_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "so"])


def told(lab: Lab, number: int, language: str) -> list[Story]:
    said: dict[str, Any] = {"language": language, "released": True, "reach": Reach.PUBLIC, "texts": {"sv": "Jag väntade."}}
    return [a_story(lab, words=f"{language} {one}", **said) for one in range(number)]


def insight_page(insight: Insight, who: str) -> str:
    return a_client(insight.lab, who).get(f"/en/labs/{insight.lab.slug}/insights/{insight.public_id}/").content.decode()


@pytest.mark.parametrize(("number", "is_said"), [(1, False), (5, True)])
def test_under_a_quote_stands_its_language_once_five_have_told_in_it(lab, number, is_said):
    insight = an_insight(lab, state=Insight.State.PUBLIC, reach=Reach.PUBLIC)  # with five voices in Swedish
    told(lab, BATCH - 5 - number, "sv")
    a_quote(insight, story=told(lab, number, "so")[0], quote="Jag väntade.")

    assert "Translated from Soomaali" in insight_page(insight, Role.SENSE_MAKER)
    for who in ("public", "co_creator", Role.ACTOR):
        page = insight_page(insight, who)
        assert "Jag väntade." in page
        assert ("Translated from Soomaali" in page) == is_said


def a_revised_quote(lab: Lab, now_says: str) -> Insight:
    """An insight with five voices that stand, and one whose story a moderator has worded anew since."""
    insight = an_insight(lab, state=Insight.State.PUBLIC, reach=Reach.PUBLIC)
    story = a_story(lab, words="I hid at the red house.", released=True, reach=Reach.PUBLIC)
    a_quote(insight, story=story, quote="I hid at the red house.")
    let_go(story, texts={"sv": now_says}, reach=Reach.PUBLIC)
    return insight


def seen_later(insight: Insight, who: str) -> str:
    with at(now() + timedelta(minutes=11)):
        return insight_page(insight, who)


@pytest.mark.parametrize("who", ["public", "co_creator", Role.ACTOR, Role.JUROR])
def test_words_that_a_moderator_took_out_are_read_in_no_insight_beyond_the_team(lab, who):
    insight = a_revised_quote(lab, "I hid somewhere.")

    page = seen_later(insight, who)

    assert "red house" in insight_page(insight, who)
    assert WORDS in page
    assert "red house" not in page


def test_the_sense_maker_sees_that_quoted_words_no_longer_stand_in_what_others_read(lab):
    page = seen_later(a_revised_quote(lab, "I hid somewhere."), Role.SENSE_MAKER)

    assert ("red house" in page, page.count("These words no longer stand")) == (True, 1)


def test_a_quote_that_stands_still_in_the_new_wording_is_read_on(lab):
    insight = a_revised_quote(lab, "It was cold.\nI hid at  the red house.")

    assert "I hid at the red house." in seen_later(insight, "public")
    assert "These words no longer stand" not in seen_later(insight, Role.SENSE_MAKER)


def test_words_that_were_taken_out_stand_beside_no_challenge_either(lab):
    insight = a_revised_quote(lab, "I hid somewhere.")

    with at(now() + timedelta(minutes=11)):
        shown = [voice.text for voice in voices_behind([insight], reader=an_actor(lab, Role.SENSE_MAKER), most=9)]

    assert shown == [WORDS] * 5
