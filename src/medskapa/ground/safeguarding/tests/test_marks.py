"""Marks of personal data: what may point somebody out, in the digits of every script."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.safeguarding.marks import Kind, Mark, personal_marks, pieces

DIGITS = {"latin": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹", "fullwidth": "０１２３４５６７８９"}


def found(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.text) for mark in personal_marks(text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "amina.a@example.org"),
        ("link", "https://example.org/amina"),
        ("link", "@amina_07"),
        ("personal_number", "20030215-1234"),
        ("personal_number", "030215-1234"),
        ("personal_number", "030275 1234"),
        ("date", "2017-08-31"),
        ("date", "31/8 2017"[:4]),
        ("date", "31 augusti 2017"),
        ("date", "31 augusti"),
        ("date", "August 31, 2017"),
        ("case_number", "A 1234-17"),
        ("case_number", "12-345678"),
        ("phone", "070-123 45 67"),
        ("phone", "+46 70 123 45 67"),
        ("phone", "0701234567"),
        ("number", "12345"),
    ],
)
def test_each_kind_is_marked_whole_and_once(kind, text):
    assert found(f"Ring {text} snart") == [(kind, text)]


@pytest.mark.parametrize("script", DIGITS)
@pytest.mark.parametrize(("kind", "plain"), [("phone", "070-123 45 67"), ("personal_number", "030215-1234"), ("date", "2017-08-31")])
def test_digits_of_every_script_are_read(script, kind, plain):
    text = plain.translate(str.maketrans("0123456789", DIGITS[script]))

    assert found(f"({text})") == [(kind, text)]


@pytest.mark.parametrize("text", ["٣١ أغسطس ٢٠١٧", "۱۲ سنبله ۱۳۹۶", "5 maarso", "12 መስከረም"])
def test_days_with_the_names_of_months_are_marked_in_many_languages(text):
    assert [kind for kind, _text in found(f"kl {text} kl")] == ["date"]


@pytest.mark.parametrize("text", ["Vi var sex i rummet", "Jag väntade i 2 år och 3 månader", "Klass 9 B", "Buss 614", "1 av 5", ""])
def test_everyday_numbers_are_not_marked(text):
    assert found(text) == []


def test_signs_that_cannot_be_seen_do_not_hide_a_number():
    assert [kind for kind, _text in found("070\u200f123\u200b45\u202d67")] == ["phone"]


@given(st.text(max_size=300))
def test_marks_lie_in_the_text_and_never_overlap(text):
    marks = personal_marks(text)

    assert all(text[mark.start : mark.end] == mark.text for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))


@given(st.text(max_size=300))
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(piece.text for piece in pieces(text, personal_marks(text))) == text


def test_the_same_word_is_seen_once_wherever_it_stands():
    assert Mark(0, 5, Kind.NUMBER, "12345").sign == Mark(9, 14, Kind.NUMBER, "12345").sign


def test_a_long_text_of_digits_is_marked_in_no_time():
    assert len(personal_marks("1 " * 10_000)) > 0
    assert personal_marks("a" * 20_000 + "@") == []
