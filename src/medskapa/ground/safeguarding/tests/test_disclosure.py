"""Small numbers say too much outside the team."""

import pytest

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import a_few, is_few

MEMBER = Actor("participation", "x", "lab", frozenset({"juror"}))
TEAM = Actor("participation", "y", "lab", frozenset({"moderator"}))


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "a few"), (4, "a few"), (5, "5"), (1530, "1\u00a0530")])
def test_one_to_four_read_a_few_outside_the_team(count, shown):
    assert a_few(count, MEMBER) == shown


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_the_team_sees_the_number(count):
    assert a_few(count, TEAM) == str(count)


def test_nobody_is_not_a_few():
    assert [is_few(count) for count in (0, 1, 4, 5)] == [False, True, True, False]
