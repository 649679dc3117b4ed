"""A thousand random labs, three audiences, two looks: nobody is shown among fewer than five."""

from random import Random

from medskapa.stages.listening.tests.test_coarsening import a_random_lab, check_that_nobody_stands_among_few

LABS = 1_000


def test_in_a_thousand_random_labs_nobody_stands_among_fewer_than_five():
    rng = Random(20)

    told_of = [check_that_nobody_stands_among_few(a_random_lab(rng), rng) for _lab in range(LABS)]

    assert len(told_of) == LABS
    assert sum(number > 0 for number in told_of) > 0.95 * LABS  # of a few small labs nothing can be told
