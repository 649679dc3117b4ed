"""A hundred concerns, each with one person in line who answers: all of them reach somebody the same day."""

from random import Random

import pytest

from medskapa.ground.safeguarding.tests.test_alarm import hours_until_somebody_answers

RUNS = 100


@pytest.mark.django_db
def test_in_a_hundred_runs_somebody_answers_the_same_day():
    chance = Random(290)

    assert max(hours_until_somebody_answers(chance) for _run in range(RUNS)) < 24
