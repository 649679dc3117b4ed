"""Under a quote stands its language only as far as that points to nobody, and it counts a teller only while others read it."""

from datetime import timedelta
from typing import Any

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import change_consent, hold_story, withdraw_story
from medskapa.stages.listening.coarsening import BATCH
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.queries.own import grown_from
from medskapa.stages.listening.tests.makers import a_story, let_go, teller_of
from medskapa.stages.understanding.actions import TooFewTellers, keep_insight_inside, publish_insight
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.own import insights
from medskapa.stages.understanding.queries import insights_falling_below, tellers_of
from medskapa.stages.understanding.tests.makers import WORDS, a_quote, an_insight, demo
from medskapa.stages.understanding.voices import voices_behind
from medskapa.stages.understanding.withdrawals import step_back_too_few

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


def taken_down(story: Story) -> None:
    hold_story(story, by=an_actor(story.lab, Role.MODERATOR))


def kept_to_the_team(story: Story) -> None:
    change_consent(story, wish=Reach.TEAM, kept_from=frozenset(), by=teller_of(story))


def worded_without_it(story: Story) -> None:
    let_go(story, texts={"sv": "I hid somewhere."}, reach=Reach.PUBLIC, by=demo(story.lab))


def worded_with_it(story: Story) -> None:
    let_go(story, texts={"sv": f"It was cold. {WORDS}"}, reach=Reach.PUBLIC, by=demo(story.lab))


def withdrawn(story: Story) -> None:
    withdraw_story(story, by=teller_of(story))


@pytest.mark.parametrize("happens", [taken_down, kept_to_the_team, worded_without_it, withdrawn])
def test_a_quote_that_others_no_longer_read_counts_no_teller(lab, happens):
    insight = an_insight(lab, state=Insight.State.PUBLIC, reach=Reach.PUBLIC)
    before, leader = tellers_of(insight), an_actor(lab, "process_leader")

    happens(insight.evidence.first().story)

    with at(now() + timedelta(minutes=11)):
        assert (before, tellers_of(insight)) == (5, 4)
        with pytest.raises(TooFewTellers):
            publish_insight(keep_insight_inside(insight, by=leader), by=leader)
        assert "Carried by 4 tellers." in insight_page(insight, Role.SENSE_MAKER)


def test_a_quote_counts_while_its_words_stand_in_what_others_read(lab):
    insight = an_insight(lab, state=Insight.State.PUBLIC, reach=Reach.PUBLIC)
    story = insight.evidence.first().story

    worded_without_it(story)  # which counts in ten minutes only
    counted = [tellers_of(insight)]
    with at(now() + timedelta(minutes=11)):
        counted.append(tellers_of(insight))
        worded_with_it(Story.objects.get(pk=story.pk))
    with at(now() + timedelta(minutes=22)):
        counted.append(tellers_of(insight))

    assert counted == [5, 4, 5]


def test_a_public_insight_steps_back_when_quoted_words_are_taken_out(lab):
    insight = an_insight(lab, state=Insight.State.PUBLIC, reach=Reach.PUBLIC)
    worded_without_it(insight.evidence.first().story)

    step_back_too_few()
    before = Insight.objects.get(pk=insight.pk).state
    with at(now() + timedelta(minutes=11)):
        step_back_too_few()

    assert (before, Insight.objects.get(pk=insight.pk).state) == (Insight.State.PUBLIC, Insight.State.CONFIRMED)


def test_only_a_voice_that_others_read_is_among_those_that_are_kept(lab):
    insight = an_insight(lab, state=Insight.State.CONFIRMED, tellers=3)
    taken_down(insight.evidence.first().story)

    page, team = insight_page(insight, Role.ACTOR), insight_page(insight, Role.SENSE_MAKER)

    assert (page.count(WORDS), "where its teller wished" in page, "back with the moderators" in page) == (2, False, False)
    assert (team.count(WORDS), team.count("back with the moderators"), "It no longer stands" in team) == (2, 1, True)
    assert list(insights_falling_below(lab)) == [insight]


def test_only_those_who_are_counted_are_the_others_on_a_tellers_own_page(lab):
    insight = an_insight(lab, state=Insight.State.CONFIRMED, tellers=7)
    mine, *others = (row.story for row in insight.evidence.all())
    taken_down(others[0])

    [step] = insights(actor_of_pseudonym(mine.teller), grown_from(mine.teller, [mine]))

    assert step.others == 5
