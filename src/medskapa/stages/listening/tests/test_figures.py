"""What a lab says in figures of how it listens."""

import pytest

from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.figures import figures
from medskapa.stages.listening.tests.makers import a_story, an_answer

pytestmark = pytest.mark.django_db


def a_lab_that_answered(answered: int, stories: int):
    lab = a_lab()
    for story in [a_story(lab) for _each in range(stories)][:answered]:
        an_answer(story)
    return lab


def said(lab, reader: Actor) -> tuple[str, str]:
    return figures(reader, lab)[1]["figures"][-1]


@pytest.mark.parametrize(
    ("answered", "of", "outside"),
    [
        (0, 6, ("0", "of 100 stories have an answer")),
        (2, 9, ("a few", "stories have an answer")),
        (6, 7, ("all but a few", "stories have an answer")),
        (7, 7, ("100", "of 100 stories have an answer")),
    ],
)
def test_outside_the_team_no_share_tells_of_one_to_four(answered, of, outside):
    lab = a_lab_that_answered(answered, of)

    assert said(lab, Actor.public(lab.public_id)) == outside


def test_the_team_reads_its_share_and_never_100_while_somebody_waits():
    lab = a_lab_that_answered(2, 3)

    assert said(lab, an_actor(lab, Role.MODERATOR)) == ("66", "of 100 stories have an answer")
