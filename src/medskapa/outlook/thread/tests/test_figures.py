"""The lab's own quality figure: the share of stories that do not wait, for everybody, and never one from which a few can be told."""

import pytest

from medskapa.ground.labs.models import AgeBand
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.roles import Role
from medskapa.outlook.thread.figures import figure
from medskapa.stages.listening.tests.makers import a_story, an_answer

pytestmark = pytest.mark.django_db


def a_lab_that_answered(answered: int, stories: int):
    lab = a_lab()
    for story in [a_story(lab) for _each in range(stories)][:answered]:
        an_answer(story)
    return lab


def said(lab, reader: Actor) -> tuple[str, str]:
    shown = figure(reader, lab)[1]
    return shown["number"], shown["text"]


@pytest.mark.parametrize(
    ("answered", "of", "outside"),
    [
        (0, 6, ("0", "of 100 stories do not wait for us")),
        (2, 9, ("a few", "stories do not wait for us")),
        (6, 7, ("all but a few", "stories do not wait for us")),
        (7, 7, ("100", "of 100 stories do not wait for us")),
    ],
)
def test_outside_the_team_no_share_tells_of_one_to_four(answered, of, outside):
    lab = a_lab_that_answered(answered, of)

    assert said(lab, Actor.public(lab.public_id)) == outside


def test_of_one_to_four_stories_the_public_reads_no_share():
    assert figure(Actor.public("x"), a_lab_that_answered(4, 4)) is None


def test_a_story_that_nobody_in_the_lab_may_read_yet_does_not_wait_for_the_lab():
    lab = a_lab_that_answered(5, 5)
    story = a_story(lab, teller=a_pseudonym(lab, age_band=AgeBand.UNDER_13))

    assert story.waits_since is not None
    assert said(lab, Actor.public(lab.public_id)) == ("100", "of 100 stories do not wait for us")


def test_the_team_reads_its_share_and_never_100_while_somebody_waits():
    lab = a_lab_that_answered(2, 3)

    assert said(lab, an_actor(lab, Role.MODERATOR)) == ("66", "of 100 stories do not wait for us")


def test_everybody_reads_on_the_lab_s_first_page_how_many_stories_do_not_wait():
    lab = a_lab_that_answered(5, 10)

    page = a_client(lab, "public").get(f"/en/labs/{lab.slug}/").content.decode()

    assert "<dd>50</dd><dt>of 100 stories do not wait for us</dt>" in page
