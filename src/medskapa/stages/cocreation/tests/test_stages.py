import pytest

from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.stages import counts, walk
from medskapa.stages.cocreation.actions import ask_again
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, an_idea
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.understanding.tests.makers import WORDS, a_quote, an_insight, demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab()


@pytest.fixture
def prototype(lab):
    """A prototype with everything it grew from, back to three stories."""
    challenge = a_challenge(lab, insights=[an_insight(lab, state="confirmed")])
    return a_prototype(lab, idea=an_idea(lab, challenge=challenge))


def stages_on_path(found):
    return [node.stage for node in found.nodes if node.on_path]


def test_the_thread_goes_from_stories_to_a_prototype_and_back(lab, prototype):
    team = an_actor(lab, "sense_maker")
    story = prototype.idea.challenge.insight_links.get().insight.evidence.first().story

    back, forth = walk(prototype, team), walk(story, team)

    assert stages_on_path(back) == ["listen", "listen", "listen", "understand", "frame", "create", "prototype"]
    assert stages_on_path(forth) == ["listen", "understand", "frame", "create", "prototype"]


def test_outsiders_see_that_there_is_more_and_not_what(lab, prototype):
    found = walk(prototype, an_actor(lab, "public"))

    hidden = {node.stage: node.count for node in found.nodes if node.is_hidden}
    assert hidden == {"listen": 3, "understand": 1}
    assert [node.stage for node in found.nodes if not node.is_hidden] == ["frame", "create", "prototype"]


def test_a_challenge_that_asks_again_leads_to_the_stories_told_to_its_question(lab, prototype):
    challenge, team = prototype.idea.challenge, an_actor(lab, "sense_maker")
    prompt = ask_again(challenge, title="When did a letter help?", language="en", by=demo(lab)).prompt
    told = a_story(lab, released=True, teller=a_pseudonym(lab), prompt=prompt, title="It helped once")
    a_story(lab, released=True, title="Told to no question")

    found = walk(challenge, team)

    assert "It helped once" in [node.title for node in found.nodes if node.on_path]
    assert "Told to no question" not in [node.title for node in found.nodes]
    assert challenge.title in [node.title for node in walk(told, team).nodes]


def test_a_thread_with_a_loop_ends(lab, prototype):
    challenge, team = prototype.idea.challenge, an_actor(lab, "sense_maker")
    insight = challenge.insight_links.get().insight
    prompt = ask_again(challenge, title="When did a letter help?", language="en", by=demo(lab)).prompt
    told = a_story(lab, released=True, prompt=prompt)

    a_quote(insight, story=told, quote=WORDS)
    found = walk(challenge, team)

    assert len(found.nodes) == len({node.key for node in found.nodes})
    assert {node.stage for node in found.nodes} == {"listen", "understand", "frame", "create", "prototype"}


def test_the_rail_counts_what_a_lab_has(lab, prototype):
    found = counts(lab)

    assert [found[stage] for stage in ("listen", "understand", "frame", "create", "prototype")] == [3, 1, 1, 1, 1]
