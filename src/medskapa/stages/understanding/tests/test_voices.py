"""Under a quote stands the language it was told in only as far as that points to nobody."""

from typing import Any

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.coarsening import BATCH
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.tests.makers import a_quote, an_insight

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
