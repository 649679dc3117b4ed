"""Return codes at full size: a million of them, and how long a right and a wrong one take."""

import statistics
import time
from collections import Counter
from contextlib import suppress

import pytest

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.codes import LENGTH, new_code
from medskapa.ground.labs.coming_back import FREE, find_by_code
from medskapa.ground.labs.tests.makers import a_lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import BadCode

CODES = 1_000_000
TRIES = 100


def test_a_million_codes_differ_and_use_all_digits_evenly():
    made = [new_code() for _each in range(CODES)]
    expected = CODES / 10

    uneven = [
        sum((count - expected) ** 2 / expected for count in Counter(code[place] for code in made).values()) for place in range(LENGTH)
    ]

    assert len(set(made)) == CODES
    assert max(uneven) < 35  # chi-square, 9 degrees: below 0.001 for the largest of 18 places


@pytest.mark.django_db
def test_a_code_that_is_nobody_s_takes_as_long_as_one_that_is_somebody_s():
    lab = a_lab()
    _pseudonym, right = new_pseudonym(lab, language="sv", age_band="16_17", by=Actor.public(lab.public_id))
    found, nobody = [], []

    for number in range(TRIES):
        found.append(seconds_of(right, number))
        nobody.append(seconds_of(new_code(), number))

    usual = statistics.median(found)
    assert abs(statistics.median(nobody) - usual) < 0.05 * usual


def seconds_of(code: str, number: int) -> float:
    """Seconds of the processor until a code is found, or not."""
    begun = time.process_time()
    with suppress(BadCode):
        find_by_code(code, source=f"192.0.2.{number // FREE}")
    return time.process_time() - begun
