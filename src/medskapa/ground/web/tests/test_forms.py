import pytest
from django import forms
from django.http import QueryDict

from medskapa.ground.web.forms import Form, ManyPicks, Picks, Words, language_choices
from medskapa.ground.web.tests.reading import read, text_of


class Idea(Form):
    name = forms.CharField(label="Name", help_text="Two to five words.")
    story = forms.CharField(label="Story", widget=Words, required=False)
    starts = forms.DateField(label="Starts", required=False)
    opens = forms.DateTimeField(label="Opens", required=False)
    reader = forms.ChoiceField(label="Reader", choices=[("lab", "The lab"), ("all", "All")], widget=Picks(hints={"lab": "Nobody else."}))
    spoken = forms.MultipleChoiceField(
        label="Spoken", choices=language_choices(["ar", "sv"]), widget=ManyPicks(are_languages=True), required=False
    )
    agreed = forms.BooleanField(label="I agree", help_text="It can be changed.")


def elements(form: forms.Form) -> dict[str, dict[str, str | None]]:
    return {attrs["id"]: attrs for _, attrs in read(str(form)).elements if attrs.get("id")}


def test_label_hint_and_error_belong_to_their_field():
    found = elements(Idea({}))

    assert found["id_name"]["aria-describedby"] == "id_name_helptext id_name_error"
    assert found["id_name"]["aria-invalid"] == "true"
    assert {"id_name_helptext", "id_name_error"} <= set(found)
    assert '<label for="id_name">Name</label>' in str(Idea())


def test_a_fresh_form_shows_no_errors():
    page = str(Idea())

    assert "aria-invalid" not in page
    assert 'role="alert"' not in page


def test_the_summary_comes_first_and_leads_to_each_field():
    form = Idea({"spoken": ["xx"]})

    page = str(form)
    assert page.startswith('<div class="note warn" role="alert"')
    assert "4 things to put right before you can go on" in text_of(page)
    for field in ("id_name", "id_reader_0", "id_spoken_0", "id_agreed"):
        assert f'<a href="#{field}">' in page
        assert field in elements(form)


def test_what_need_not_be_filled_in_says_so():
    assert text_of(str(Idea()["story"].as_field_group())) == "Story if you like"
    assert elements(Idea())["id_name"]["aria-required"] == "true"


class Filter(Form):
    town = forms.CharField(label="Town", required=False)


def test_a_form_in_which_nothing_must_be_filled_in_does_not_say_so_at_each_field():
    assert text_of(str(Filter()["town"].as_field_group())) == "Town"


class Telling(Form):
    words = forms.CharField(label="Words")
    language = forms.ChoiceField(label="Language", choices=language_choices(["ar", "sv"]), required=False)
    town = forms.ChoiceField(label="Town", choices=[("", "None"), ("1", "Östersund")], required=False)


def test_a_list_in_which_something_is_always_chosen_does_not_say_that_it_need_not_be():
    assert "if you like" not in text_of(str(Telling()["language"].as_field_group()))
    assert "if you like" in text_of(str(Telling()["town"].as_field_group()))


def test_what_is_missing_is_said_in_plain_words():
    assert {name: list(errors) for name, errors in Idea({}).errors.items()} == {
        "name": ["Fill this in."],
        "reader": ["Choose one."],
        "agreed": ["Tick this to go on."],
    }


def test_a_group_of_cards_is_a_fieldset_with_a_legend_and_an_error_of_its_own():
    found = read(str(Idea({})["reader"].as_field_group()))

    assert found.elements[0] == ("fieldset", {"class": "field stack picks", "aria-describedby": "id_reader_error"})
    assert " ".join(found.text).split() == ["Reader", "Choose", "one.", "The", "lab", "Nobody", "else.", "All"]


def test_each_card_has_its_box_inside_its_own_label():
    found = [tag for tag, _ in read(str(Idea()["reader"].as_field_group())).elements]

    assert found.count("label") == found.count("input") == 2


def test_languages_on_cards_stand_in_their_own_direction():
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in str(Idea())


def test_one_box_stands_inside_its_label():
    assert text_of(str(Idea()["agreed"].as_field_group())) == "I agree It can be changed."


def test_days_and_moments_are_chosen_with_what_the_phone_has():
    found = elements(Idea({"starts": "2017-08-31", "opens": "2017-08-31T09:30"}))

    assert (found["id_starts"]["type"], found["id_starts"]["value"]) == ("date", "2017-08-31")
    assert (found["id_opens"]["type"], found["id_opens"]["value"]) == ("datetime-local", "2017-08-31T09:30")


def test_peoples_own_words_are_set_as_words():
    assert elements(Idea())["id_story"]["class"] == "in words"


@pytest.mark.parametrize(("sent", "expected"), [("spoken=ar&spoken=sv", ["ar", "sv"]), ("", [])])
def test_all_that_was_picked_arrives(sent, expected):
    form = Idea(QueryDict(f"name=a&reader=lab&agreed=on&{sent}"))

    assert form.is_valid()
    assert form.cleaned_data["spoken"] == expected


def test_signs_of_code_in_a_field_stay_signs():
    assert "&quot;&gt;&lt;script&gt;" in str(Idea({"name": '"><script>'}))
