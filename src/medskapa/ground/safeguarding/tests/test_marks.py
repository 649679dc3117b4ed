"""Marks of personal data: what may point somebody out, in the digits of every script."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.safeguarding.marks import Kind, Mark, has_names, neutral, personal_marks, pieces
from medskapa.ground.web import moments
from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS

DIGITS = {"latin": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹", "fullwidth": "０１２３４５６７８９"}


def found(text: str, language: str = "") -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.text) for mark in personal_marks(text, language)]


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
        ("email", "amina.a (at) example.org"),
        ("link", "example.org/amina"),
        ("personal_number", "20030275-1235"),
        ("personal_number", "030215-TF12"),
        ("address", "Björkgatan 12 B, lgh 1203"),
        ("address", "12 Heather Road"),
        ("age", "17-åring"),
    ],
)
def test_each_kind_is_marked_whole_and_once(kind, text):
    assert found(f"Ring {text} snart") == [(kind, text)]


@pytest.mark.parametrize("script", DIGITS)
@pytest.mark.parametrize(("kind", "plain"), [("phone", "070-123 45 67"), ("personal_number", "030215-1234"), ("date", "2017-08-31")])
def test_digits_of_every_script_are_read(script, kind, plain):
    text = plain.translate(str.maketrans("0123456789", DIGITS[script]))

    assert found(f"({text})") == [(kind, text)]


@pytest.mark.parametrize(
    "text",
    [
        "٣١ أغسطس ٢٠١٧",
        "۱۲ سنبله ۱۳۹۶",
        "5 maarso",
        "12 መስከረም",
        "د جنورۍ په ۱۲",
        "٢٠ی کانوونی دووەمی ٢٠١٧",
        "3 كانون الثاني",
        "12 تەمووزی 2017",
    ],
)
def test_days_with_the_names_of_months_are_marked_in_many_languages(text):
    assert [kind for kind, _text in found(f"kl {text} kl")] == ["date"]


@pytest.mark.parametrize("language", [*COMPLETE, *FOR_TELLERS])
def test_a_day_as_the_pages_write_it_is_marked_in_every_language_of_tellers(language):
    with override(language):
        days = [moments.day(date(2017, month, 13)) for month in range(1, 13)]

    assert [day for day in days if found(f"({day})") != [("date", day)]] == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("mitt LMA-kort är 12-345678 nu", ("card_number", "12-345678")),
        ("بطاقة LMA رقم ١٢٣٤٥٦٧٨", ("card_number", "١٢٣٤٥٦٧٨")),
        ("شماره دوسیه ۱۲۳۴", ("case_number", "۱۲۳۴")),
        ("min insta är amina.07", ("link", "amina.07")),
        ("سناب: amina_07", ("link", "amina_07")),
        ("fyra sista är 1234", ("personal_number", "1234")),
        ("jag är 16 år", ("age", "16")),
        ("عمري ١٦", ("age", "١٦")),
        ("född 2003", ("date", "2003")),
    ],
)
def test_a_word_before_it_tells_what_a_number_is_and_is_not_marked_itself(text, mark):
    assert found(text) == [mark]


def test_the_check_digit_tells_a_personal_number_from_a_phone():
    assert [kind for kind, _text in found("0701012387 0701234567")] == ["personal_number", "phone"]


@pytest.mark.parametrize(
    ("language", "text", "marks"),
    [
        ("sv", "Jag bodde hos Maryam Ahmadi.", [("name", "Maryam Ahmadi")]),
        ("sv", "Maryam satt där. Sen gick Maryam.", [("name", "Maryam"), ("name", "Maryam")]),
        ("sv", "jag heter maryam och jag är trött", [("name", "maryam")]),
        ("sv", "De sa att Älvhamra är litet.", [("name", "Älvhamra")]),
        ("sv", "Nu bor jag i Älvhamra.", [("place", "Älvhamra")]),
        ("sv", "jag flyttade till göteborg", [("place", "göteborg")]),
        ("sv", "Vi gick till Björkskolan och björkskolan var stängd.", [("school", "Björkskolan"), ("school", "björkskolan")]),
        ("en", "Then Yusuf called me.", [("name", "Yusuf")]),
        ("en", "I live near Thornbeck now.", [("place", "Thornbeck")]),
        ("en", "My name is rahel.", [("name", "rahel")]),
    ],
)
def test_names_and_places_are_marked_in_swedish_and_english_without_a_list_of_names(language, text, marks):
    assert found(text, language) == marks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Jag ringde Migrationsverket. Handläggaren sa nej. Skolan var stängd på gatan."),
        ("sv", "Mamma och jag firade Eid. ”Kom hit”, sa läraren."),
        ("sv", "Att vara ensam. Tre frågor varje dag."),
        ("en", "On Monday I spoke Dari. I don't know. He said: “Wait.”"),
        ("en", "The Long Wait For An Answer"),
    ],
)
def test_ordinary_words_with_a_capital_are_not_marked(language, text):
    assert found(text, language) == []


def test_names_in_other_languages_are_left_to_a_person():
    assert (has_names("sv"), has_names("prs")) == (True, False)
    assert found("Waxaan la noolaa Hodan.", "so") == []


def test_neutral_words_stand_in_the_language_of_the_text_and_only_where_asked():
    text = "Maryam ringde 070-123 45 67 från Älvhamra."

    assert neutral(text, {"phone:070-123 45 67", "name:Älvhamra"}, "sv") == "Maryam ringde [ett telefonnummer] från [ett namn]."
    assert neutral("اتصلت 0701234567", {"phone:0701234567"}, "ar") == "اتصلت [رقم هاتف]"


@given(st.text(max_size=200))
def test_whatever_was_replaced_is_marked_no_more(text):
    signs = {mark.sign for mark in personal_marks(text, "sv")}
    after = neutral(text, signs, "sv")

    assert not signs & {mark.sign for mark in personal_marks(after, "sv")}


@pytest.mark.parametrize("text", ["Vi var sex i rummet", "Jag väntade i 2 år och 3 månader", "Klass 9 B", "Buss 614", "1 av 5", ""])
def test_everyday_numbers_are_not_marked(text):
    assert found(text) == []


def test_signs_that_cannot_be_seen_do_not_hide_a_number():
    assert [kind for kind, _text in found("070\u200f123\u200b45\u202d67")] == ["phone"]


@given(st.text(max_size=300), st.sampled_from(["", "sv", "en"]))
def test_marks_lie_in_the_text_and_never_overlap(text, language):
    marks = personal_marks(text, language)

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
