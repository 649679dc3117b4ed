"""A form that is sent twice does its work once: the cases one by one, then many at once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from medskapa.ground.ledger import limits, moment
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import BadCode, Conflict, NoFormKey
from medskapa.ground.ledger.idempotency import forget_old_answers, once
from medskapa.ground.ledger.models import Answer
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.tests.app.models import SmallLab
from medskapa.ground.ledger.tests.makers import an_actor, at_once

pytestmark = pytest.mark.database

KEY = "9f8b6f0e-1111-4222-8333-abcdefabcdef"


@once
def tell(request: HttpRequest) -> HttpResponse:
    """Makes a lab, as the smallest thing that can be made, and answers with a secret and a cookie."""
    words = request.POST.get("words", "")
    if words == "":
        return HttpResponse("say something", status=422)
    lab = SmallLab.objects.create()
    if words == "crash":
        raise ArithmeticError
    response = HttpResponse(f"your code: {lab.public_id}", status=201, headers={"Location": "/done/", "Cache-Control": "no-store"})
    response.set_cookie("mine", "token", httponly=True, samesite="Strict", max_age=1800)
    return response


def send(key: str = KEY, words: str = "I waited", path: str = "/tell/", actor: Actor | None = None, **more: Any) -> HttpResponse:
    request = RequestFactory().post(path, {"form_key": key, "words": words, **more})
    if actor:
        request.actor = actor
    return tell(request)


@pytest.mark.django_db
def test_sent_for_the_first_time_it_is_done():
    response = send()

    assert response.status_code == 201
    assert SmallLab.objects.count() == 1


@pytest.mark.django_db
def test_sent_again_it_gets_the_same_answer_and_nothing_is_done():
    first, second = send(), send(csrfmiddlewaretoken="another")

    assert SmallLab.objects.count() == 1
    assert second.content == first.content
    assert second.status_code == first.status_code
    assert dict(second.headers) == dict(first.headers)
    assert second.cookies.output() == first.cookies.output()


@pytest.mark.django_db
def test_other_content_under_an_old_key_is_a_conflict_and_the_first_is_kept():
    send()

    for other in ({"words": "else"}, {"path": "/other/"}, {"more": "1"}, {"actor": an_actor(None, "moderator")}):
        with pytest.raises(Conflict):
            send(**other)

    assert SmallLab.objects.count() == 1
    assert send().status_code == 201


@pytest.mark.django_db
def test_refused_and_then_corrected_it_is_done_once():
    refused, corrected, again = send(words=""), send(), send()

    assert (refused.status_code, corrected.status_code, again.content) == (422, 201, corrected.content)
    assert (SmallLab.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_failed_in_the_middle_it_leaves_nothing_and_can_be_sent_again():
    with pytest.raises(ArithmeticError):
        send(words="crash")

    assert (SmallLab.objects.count(), Answer.objects.count()) == (0, 0)
    assert send().status_code == 201


@pytest.mark.django_db
def test_after_a_day_the_answer_is_gone_but_it_is_not_done_again():
    send()

    with moment.at(now() + timedelta(hours=25)):
        for _before_and_after_the_clock in range(2):
            with pytest.raises(Conflict) as conflict:
                send()
            forget_old_answers()

    assert str(conflict.value.title) == "This was already sent."
    assert (SmallLab.objects.count(), Answer.objects.get().sealed) == (1, None)


@pytest.mark.django_db
def test_after_a_month_nothing_is_known_of_it():
    send()

    with moment.at(now() + timedelta(days=31)):
        forget_old_answers()

    assert Answer.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with spaces in it, 20 signs"])
def test_without_a_proper_key_nothing_is_done(key):
    with pytest.raises(NoFormKey):
        send(key)

    assert SmallLab.objects.count() == 0


@pytest.mark.django_db
def test_other_keys_are_other_sends():
    send(), send(KEY[:-1] + "0")

    assert SmallLab.objects.count() == 2


@pytest.mark.django_db
def test_a_code_s_session_that_began_with_the_answer_changes_nothing():
    first = send(actor=Actor.public("lab"))

    assert send(actor=Actor("pseudonym", "kJ2", "lab", frozenset())).content == first.content


@pytest.mark.django_db
def test_files_are_content():
    send(photo=SimpleUploadedFile("a.png", b"one"))

    assert send(photo=SimpleUploadedFile("a.png", b"one")).status_code == 201
    with pytest.raises(Conflict):
        send(photo=SimpleUploadedFile("a.png", b"two"))


@pytest.mark.django_db
def test_the_store_knows_neither_key_nor_answer_nor_content():
    code = send().content.decode().split()[-1]

    row = json.dumps({name: str(bytes(value)) if isinstance(value, bytes | memoryview) else str(value)
                      for name, value in Answer.objects.values().get().items()})  # fmt: skip

    assert [secret for secret in (KEY, code, "token", "I waited") if secret in row] == []


@pytest.mark.django_db
def test_looking_needs_no_key():
    @once
    def look(request: HttpRequest) -> HttpResponse:
        return HttpResponse("here")

    assert look(RequestFactory().get("/tell/")).content == b"here"
    assert Answer.objects.count() == 0


@pytest.mark.django_db
def test_a_streamed_answer_is_refused():
    with pytest.raises(TypeError, match="streamed"):
        once(lambda request: StreamingHttpResponse())(RequestFactory().post("/", {"form_key": KEY}))


@pytest.mark.django_db
def test_attempts_count_also_when_everything_else_is_undone():
    @once
    def come_back(request: HttpRequest) -> HttpResponse:
        limits.spend("code", "192.0.2.1", 20, 3600)
        raise BadCode

    for _each in range(3):
        with pytest.raises(BadCode):
            come_back(RequestFactory().post("/", {"form_key": KEY}))

    assert limits.left("code", "192.0.2.1", 20, 3600) == 17


def test_twenty_equal_sends_at_once_make_one_row(store):
    answers = at_once(20, lambda _place: send())

    assert SmallLab.objects.count() == 1
    assert len({answer.content for answer in answers}) == 1


def test_many_sends_at_once_make_one_row_each(store):
    keys = [f"{number:032x}" for number in range(10)]

    answers = at_once(20, lambda place: [send(key).content for key in (keys if place % 2 else keys[::-1])])

    assert SmallLab.objects.count() == 10
    assert len({frozenset(one) for one in answers}) == 1


def test_of_different_contents_under_one_key_at_once_one_is_done_and_the_others_are_told_so(store):
    answers = at_once(8, lambda place: send(words=f"words {place}"))

    assert SmallLab.objects.count() == 1
    assert [one.status_code for one in answers if isinstance(one, HttpResponse)] == [201]
    assert sum(isinstance(one, Conflict) for one in answers) == 7


def test_of_equal_sends_that_fail_at_once_none_is_kept_and_the_next_is_done(store):
    failed = at_once(8, lambda _place: send(words=""))

    assert [answer.status_code for answer in failed] == [422] * 8
    assert (send().status_code, SmallLab.objects.count()) == (201, 1)
