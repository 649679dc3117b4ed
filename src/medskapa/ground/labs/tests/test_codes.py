"""Return codes: what they look like, what a typo is, and how nobody finds one by its hash."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.codes import LENGTH, check_digit, grouped, hash_code, new_code, read_code

ZEROS = "0٠۰०᠐０"  # the nought of several scripts
codes = st.text(alphabet="0123456789", min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda digits: digits + check_digit(digits))
places = st.integers(0, LENGTH - 1)


def in_script(code: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


def test_the_check_digit_is_that_of_the_paper():
    assert check_digit("572") == "4"


@given(codes, places, st.integers(1, 9))
def test_every_single_wrong_digit_is_told(code, place, step):
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]

    assert read_code(wrong) is None


@given(codes, st.integers(0, LENGTH - 2))
def test_every_swap_of_neighbours_is_told(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert read_code(swapped) == (code if swapped == code else None)


@given(codes, st.sampled_from(ZEROS), st.sampled_from([" ", "", "-", "\u00a0", " – "]))
def test_digits_of_any_script_and_any_gaps_are_read(code, zero, gap):
    assert read_code(gap.join(in_script(group, zero) for group in grouped(code))) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    found = read_code(typed)

    assert found is None or (len(found) == LENGTH and all(unicodedata.digit(sign) in range(10) for sign in found))


def test_new_codes_differ_and_use_all_digits_evenly():
    made = [new_code() for _ in range(5_000)]
    counted = Counter(digit for code in made for digit in code[:-1])
    expected = 5_000 * (LENGTH - 1) / 10

    assert len(set(made)) == len(made)
    assert sum((count - expected) ** 2 / expected for count in counted.values()) < 40  # χ², 9 degrees: p far below 0.001 beyond


def test_a_hash_depends_on_the_key_file(settings):
    code = new_code()
    before = hash_code(code)

    settings.MEDSKAPA_KEYS = type(settings.MEDSKAPA_KEYS)(b"1" * 32, b"2" * 32, settings.MEDSKAPA_KEYS.salt)

    assert hash_code(code) != before
    assert code not in before


@pytest.mark.parametrize("typed", ["", "123", "12345678901234567a", "1" * 19, "½" * 18])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None
