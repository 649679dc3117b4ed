import pytest
from django.test import Client

from medskapa.ground.web import guard


@pytest.fixture
def strict(frame) -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://testserver"},
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"referer": "http://testserver/sv/tell/"},
    ],
)
def test_a_form_from_our_own_page_is_taken_without_a_cookie(strict, headers):
    assert strict.post("/en/open-form/", {"a": "b"}, headers=headers).content == b"taken"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://[broken"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"referer": "https://evil.example/http://testserver/"},
    ],
)
def test_a_form_from_anywhere_else_is_refused_with_a_page(strict, headers):
    response = strict.post("/en/open-form/", {"a": "b"}, headers=headers)

    assert response.status_code == 403
    assert b"We could not be sure that this came from our page." in response.content


def test_looking_at_the_form_is_free(strict):
    assert strict.get("/en/open-form/").content == b"taken"


def test_other_forms_still_need_the_token(strict):
    response = strict.post("/en/only-post/", {"a": "b"}, headers={"origin": "http://testserver"})

    assert response.status_code == 403
    assert b"We could not be sure that this came from our page." in response.content


def test_nobody_to_ask_means_no(monkeypatch):
    monkeypatch.setattr(guard, "_may", [])

    assert guard.may("Sara", "idea.edit") is False


def test_nobody_who_asks_means_no(monkeypatch):
    monkeypatch.setattr(guard, "_may", [lambda actor, verb, subject: True])

    assert (guard.may(None, "idea.edit"), guard.may("Sara", "idea.edit")) == (False, True)
