"""Placing what one told: in the telling without a script, and later on one's own page; and setting the scales."""

import pytest
from django.urls import reverse

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, client_of
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.models import Scale, Story
from medskapa.stages.listening.scales import LINE, TRIANGLE, place_of, written
from medskapa.stages.listening.tests.makers import a_prompt, a_scale, a_story, a_triangle

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def tell(client, lab: Lab, name: str, **sent: str):
    return client.post(f"/en/labs/{lab.slug}/{name}", {"form_key": KEY} | sent)


def test_after_the_words_each_scale_is_one_screen_that_can_be_left_out(client, lab):
    a_prompt(lab)
    scale = a_scale(lab)
    a_triangle(lab)

    first = tell(client, lab, "tell/", step=f"a_{lab.prompts.get().public_id}", go="next").content.decode()
    second = tell(
        client, lab, "tell/", step=f"m_{scale.public_id}", go="skip", **{f"m_{scale.public_id}": written(LINE[2])}
    ).content.decode()

    assert "This made me feel" in first
    assert "A little nearer to “<bdi>seen</bdi>”" in first
    assert first.count('type="radio"') == len(LINE)
    assert "What helped was about" in second
    assert second.count('type="radio"') == len(TRIANGLE)
    assert f'value="{written(LINE[2])}"' not in second


def test_what_was_placed_is_read_through_and_sent(client, lab):
    prompt, scale = a_prompt(lab), a_scale(lab)
    sent = {f"a_{prompt.public_id}": "I waited.", f"m_{scale.public_id}": written(LINE[6])}

    through = tell(client, lab, "tell/", step="age", go="next", **sent).content.decode()
    tell(client, lab, "tell/send/", step="through", **sent)

    assert "All the way to “<bdi>invisible</bdi>”" in through
    assert place_of(Story.objects.get().marks.get()) == LINE[6]


def test_a_place_that_is_not_on_the_scale_is_said_and_the_words_stay(client, lab):
    prompt, scale = a_prompt(lab), a_scale(lab)
    sent = {f"a_{prompt.public_id}": "I waited.", f"m_{scale.public_id}": "99-0-0"}

    answer = tell(client, lab, "tell/send/", step="through", **sent)

    assert answer.status_code == 422
    assert "I waited." in answer.content.decode()
    assert not Story.objects.exists()


def test_who_comes_back_places_the_story_or_takes_a_mark_away(lab):
    story, scale = a_story(lab), a_scale(lab)
    client, page = client_of(story.teller), reverse("listening:own_marks", kwargs={"story": story.public_id})

    client.post(page, {f"m_{scale.public_id}": written(LINE[0]), "form_key": "a" * 24})
    shown = client.get(reverse("listening:own_story", kwargs={"story": story.public_id})).content.decode()
    client.post(page, {f"m_{scale.public_id}": "", "form_key": "b" * 24})

    assert "All the way to “<bdi>seen</bdi>”" in shown
    assert not story.marks.exists()


def test_nobody_else_places_a_story(lab):
    story, scale = a_story(lab), a_scale(lab)
    page = reverse("listening:own_marks", kwargs={"story": story.public_id})

    for client in (client_of(a_story(lab).teller), a_client(lab, Role.MODERATOR)):
        client.post(page, {f"m_{scale.public_id}": written(LINE[0]), "form_key": "c" * 24})

    assert not story.marks.exists()


def test_a_process_leader_sets_a_scale_and_stops_asking_for_it(lab):
    leader, page = a_client(lab, Role.PROCESS_LEADER), f"/en/labs/{lab.slug}/scales/"
    said = {"title": "It was", "first": "fair", "second": "unfair", "language": "en", "order": 1}

    assert leader.post(f"{page}new/", said | {"form_key": "d" * 24}).status_code == 303
    scale = Scale.objects.get()
    leader.post(f"{page}{scale.public_id}/edit/", said | {"is_closed": "on", "form_key": "e" * 24})

    scale.refresh_from_db()
    assert scale.closed_at is not None
    assert "It was" in leader.get(page).content.decode()
    assert "It was" not in a_client(lab, Role.ACTOR).get(page).content.decode()


def test_once_somebody_has_placed_a_story_the_words_of_the_scale_stay(lab):
    scale = a_scale(lab)
    a_story(lab, marks={scale: LINE[0]})
    said = {"title": "Other words", "first": "seen", "second": "invisible", "language": lab.language, "order": 1, "form_key": "f" * 24}

    answer = a_client(lab, Role.PROCESS_LEADER).post(f"/en/labs/{lab.slug}/scales/{scale.public_id}/edit/", said)

    scale.refresh_from_db()
    assert (answer.status_code, scale.title) == (409, "This made me feel")


@pytest.mark.parametrize(("count", "advice"), [(1, "Three questions or more"), (3, ""), (9, "More than eight")])
def test_who_sets_the_questions_reads_when_there_are_too_few_or_too_many(lab, count, advice):
    for number in range(count):
        a_prompt(lab, title=f"Question {number}")

    shown = a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/prompts/").content.decode()

    assert ("questions are too many" in shown or "questions or more" in shown) is bool(advice)
    assert advice in shown
    assert "questions or more" not in a_client(lab, Role.ACTOR).get(f"/en/labs/{lab.slug}/prompts/").content.decode()


def test_questions_and_scales_can_be_said_in_other_languages(lab):
    a_prompt(lab, summary="Short is fine.")
    a_scale(lab)

    shown = a_client(lab, Role.PROCESS_LEADER).get(f"/en/labs/{lab.slug}/settings/texts/ar/").content.decode()

    for text in ("What happened?", "Short is fine.", "This made me feel", "invisible"):
        assert text in shown
