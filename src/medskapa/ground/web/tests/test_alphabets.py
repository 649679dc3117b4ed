"""A name that is made to look like another is noticed, and no name of any people is refused."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.web.alphabets import LOOKS_LIKE, looks_like, mixed_word, plain_letters
from medskapa.ground.web.forms import Beside, Form

LOOKS = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "A": "Α", "B": "В", "E": "Ε", "H": "Н", "K": "Κ", "M": "М", "T": "Т"}
WORDS = st.text(st.sampled_from("abcdeghopstxABEHKMT"), min_size=2, max_size=12)


class Names(Form):
    name = forms.CharField()
    words = forms.CharField(widget=forms.Textarea)


@given(WORDS, st.data())
def test_a_word_in_which_one_letter_is_taken_from_another_alphabet_is_refused(word, data):
    places = [place for place, letter in enumerate(word) if letter in LOOKS]
    if not places:
        return
    place = data.draw(st.sampled_from(places))

    assert mixed_word("Reach for " + word[:place] + LOOKS[word[place]] + word[place + 1 :])


@pytest.mark.parametrize("name", ["Reach for Сhange", "Rеach", "Swedbank ΑΒΒ", "Rädda Вarnen"])
def test_a_name_that_looks_like_anothers_is_refused_with_one_line_and_stays_in_the_field(name):
    form = Names({"name": name, "words": "x"})

    assert list(form.errors) == ["name"]
    assert "letters that look like those of another alphabet" in form.errors["name"][0]
    assert form["name"].value() == name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Zoë Åkerblom",
            "Сара Каха",
            "Αλέξης Τσίπρας",
            "مريم الأحمد",
            "ሰላም ተኽለ",
            "О.",
            "Ирина Smith",
            "王小明 Wang",
            "Nguyễn Thị",
            "ئاڤان",
        ),
        *("Вера Svensson", "Сара Andersson", "Рух ABF", "οι φίλοι SFI", "се SFI", "Ја SFI"),
        *("500 μg vitamin", "Vad säger ”привет”?", "IT-специалист", "Mål 3 – ΔT"),
    ],
)
def test_a_name_in_any_alphabet_is_taken(name):
    assert Names({"name": name, "words": "x"}).is_valid()


@pytest.mark.parametrize("drawn", ["𝐑each", "Ｒeach", "ℝeach", "Ⓡeach"])
def test_a_letter_that_is_only_drawn_otherwise_is_the_letter(drawn):
    assert plain_letters(drawn) == "Reach"


def test_what_somebody_tells_is_kept_as_it_was_written():
    form = Names({"name": "x", "words": "Rеach 𝐑"})

    assert form.is_valid()
    assert form.cleaned_data["words"] == "Rеach 𝐑"


class Team(Beside, Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("name", "other"), [("Сосо", "Coco"), ("АВС", "abc"), ("ΑΒΒ", "Abb"), ("Ореса", "Opeca"), ("Еха  Роса", "Exa Poca"), ("Coco", "Сосо")]
)
def test_a_name_that_looks_just_like_one_beside_it_is_refused_with_one_line_and_stays_in_the_field(name, other):
    form = Team({"name": name}, beside=["Vi som väntar", other])

    assert list(form.errors) == ["name"]
    assert f"“{other}” is here already and looks just the same" in form.errors["name"][0]
    assert form["name"].value() == name


@pytest.mark.parametrize("name", ["Сара Каха", "Сосо", "Вера", "Αλέξης", "مريم", "ሰላም", "王小明", "Coco", "Abb", "Ωρα"])
def test_a_name_in_any_alphabet_is_taken_where_none_beside_it_looks_the_same(name):
    beside = ["Sara Kaha", "Vera", "Alexis", "Мария", name, name.upper(), "Grupp 1", "Ora"]

    assert Team({"name": name}, beside=beside).is_valid()


@given(st.text(st.sampled_from([chr(letter) for letter in LOOKS_LIKE]), min_size=1, max_size=12))
def test_whatever_is_written_wholly_in_letters_that_look_latin_is_told_from_what_it_looks_like(name):
    drawn = name.translate(LOOKS_LIKE)

    assert looks_like(name, [drawn]) == drawn
    assert looks_like(drawn, [name]) == name
    assert looks_like(name, [name]) is None
