import pytest

from medskapa.ground.web.tests.reading import text_of


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
