import re

import pytest

from medskapa.ground.web.tests.reading import text_of
from medskapa.ground.web.uploads import AT_ONCE

REFUSED = {"other": 403, "secret": 404, "state": 409, "often": 429, "fault": 500, "full": 503}


def can_be_left(page: str) -> bool:
    """Whether it has the quick exit, help, and neither a title nor a sign that says whose page it is."""
    says_nothing = re.findall(r"<title>([^<]*)</title>", page) == ["Page"] and "web/plain.svg" in page
    return says_nothing and 'href="/en/leave/"' in page and "data-exit" in page and "web/teller.js" in page and 'href="/en/help/"' in page


def test_an_error_of_the_lab_becomes_a_page_with_its_words_and_status(frame):
    response = frame.get("/en/refuse/state/")

    assert response.status_code == 409
    assert "Somebody was faster. Open the page again." in text_of(response.content.decode())


def test_what_is_secret_looks_like_a_missing_address(frame):
    secret, missing = frame.get("/en/refuse/secret/"), frame.get("/en/nowhere/")

    assert (secret.status_code, missing.status_code) == (404, 404)
    assert text_of(secret.content.decode()) == text_of(missing.content.decode())
    assert "There is no such page." in text_of(missing.content.decode())


def test_too_often_says_when_to_come_back(frame):
    response = frame.get("/en/refuse/often/")

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")


def test_what_one_may_not_see_is_said_plainly(frame):
    response = frame.get("/en/refuse/other/")

    assert response.status_code == 403
    assert "This page is not for you right now." in text_of(response.content.decode())


def test_a_fault_says_that_what_was_written_is_kept_and_keeps_it(frame):
    response = frame.post("/sv/refuse/fault/", {"words": 'two "words" & <b>', "form_key": "k1", "sign_in_code": "123456"})

    page = response.content.decode()
    assert response.status_code == 500
    assert '<input type="hidden" name="words" value="two &quot;words&quot; &amp; &lt;b&gt;">' in page
    assert '<input type="hidden" name="form_key" value="k1">' in page
    assert "123456" not in page
    assert "the words of somebody" not in page


@pytest.mark.parametrize(("address", "status"), [("/en/refuse/fault/", 500), ("/en/refuse/often/", 429), ("/en/nowhere/", 404)])
def test_error_pages_are_not_stored(frame, address, status):
    response = frame.get(address)

    assert (response.status_code, response.headers["Cache-Control"]) == (status, "no-store")


def test_a_form_address_that_is_only_opened_says_what_to_do(frame):
    response = frame.get("/en/only-post/")

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "This address only takes answers from a form." in text_of(response.content.decode())


def test_error_pages_speak_the_language_of_the_address(frame):
    assert '<html lang="ar" dir="rtl">' in frame.get("/ar/nowhere/").content.decode()
    assert '<html lang="prs" dir="rtl">' in frame.get("/prs/nowhere/").content.decode()
    assert '<html lang="en" dir="ltr">' in frame.get("/kmr/nowhere/").content.decode()


def test_a_refused_form_comes_back_with_what_was_written_and_422(frame):
    response = frame.post("/en/form/", {"name": " ", "form_key": "k"})

    assert response.status_code == 422
    assert "One thing to put right before you can go on" in text_of(response.content.decode())


@pytest.mark.parametrize(("kind", "status"), REFUSED.items(), ids=REFUSED)
def test_on_the_way_of_a_teller_every_refusal_has_the_quick_exit_and_help(frame, kind, status):
    response = frame.get(f"/en/tell/refuse/{kind}/")

    assert response.status_code == status
    assert can_be_left(response.content.decode())


def test_what_no_view_ever_sees_has_the_quick_exit_too(frame):
    missing, only_opened = frame.get("/en/return/nowhere/"), frame.get("/en/tell/only-post/")
    too_long = frame.post("/en/tell/", b"words", content_type="text/plain", CONTENT_LENGTH=str(AT_ONCE + 1))

    assert [answer.status_code for answer in (missing, only_opened, too_long)] == [404, 405, 413]
    assert all(can_be_left(answer.content.decode()) for answer in (missing, only_opened, too_long))


def test_pages_of_the_lab_keep_their_own_frame(frame):
    page = frame.get("/en/refuse/state/").content.decode()

    assert "data-exit" not in page
    assert "<title>Somebody was faster. – Medskapa</title>" in page
