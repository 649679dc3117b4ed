"""The report of concern: a PDF in Swedish to the right social services, made while the officer waits, and kept nowhere."""

import sys
from datetime import date, timedelta

import pytest
from django.test import Client

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.ledger.models import Answer, Record
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import proved
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.ground.safeguarding.following import note_step, take_concern
from medskapa.ground.safeguarding.letter import Report, page_of, texts
from medskapa.ground.safeguarding.tests.makers import a_concern

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=16)
SENT = {
    "to": "0114",
    "child": "Amina A.",
    "worry": "She does not sleep there.",
    "done": "",
    "told": "Yes.",
    "reach": "Karin, 070-000 00 00",
}


@pytest.fixture
def lab() -> Lab:
    a_municipality(SENT["to"])
    return a_lab()


def a_taken(lab):
    return take_concern(a_concern(lab), by=an_actor(lab, Role.SAFEGUARDING_OFFICER))


def address(lab, concern):
    return f"/en/labs/{lab.slug}/concerns/{concern.public_id}/letter/"


def a_report(**what):
    place = a_municipality("0114")
    said = {"to": place, "child": "", "worry": "x", "done": "", "told": "", "reach": "Karin", "urgency": 1, "day": date(2017, 3, 6)}
    return Report(**said | what)


def test_the_officer_gets_a_pdf_that_no_browser_and_no_store_keeps(lab):
    concern = a_taken(lab)

    answer = a_client(lab, Role.SAFEGUARDING_OFFICER).post(address(lab, concern), SENT)

    assert (answer.status_code, answer.headers["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Answer.objects.exists()


def test_making_it_leaves_a_line_without_a_word_of_it(lab):
    concern = a_taken(lab)

    a_client(lab, Role.SAFEGUARDING_OFFICER).post(address(lab, concern), SENT)

    record = Record.objects.get(chain=lab.public_id, verb="concern.letter")
    assert concern.public_id in record.subject
    assert "Amina" not in str(vars(record))


def test_the_form_comes_with_the_worry_and_what_was_done_but_never_with_a_name(lab):
    concern = a_taken(lab)
    note_step(concern, done="Talked with her.", by=an_actor(lab, Role.SAFEGUARDING_OFFICER))

    page = a_client(lab, Role.SAFEGUARDING_DEPUTY).get(address(lab, concern)).content.decode()

    assert [words in page for words in ("She does not sleep where she lives.", "Talked with her.")] == [True, True]
    assert 'name="child" cols="40" rows="3"' in page
    assert "No lawyer has read this text; the law itself counts." in page


def test_the_letter_is_in_swedish_says_to_whom_and_where_the_law_text_comes_from(lab):
    page = page_of(a_report(), lab)

    assert '<html lang="sv">' in page
    assert "Socialtjänsten i " + a_municipality("0114").name_full in page
    assert [
        words in page for words in ("Anmälan om oro för barn", "Barnet kan vara i fara nu", "Socialtjänstlag (2025:400)", "2026-11-28")
    ] == [True] * 4


def test_a_letter_of_the_demo_says_that_it_is_invented():
    assert texts()["words"]["invented"] in page_of(a_report(), a_lab(is_demo=True))


def test_what_was_typed_is_text_and_never_markup(lab):
    assert "&lt;img src=x&gt;" in page_of(a_report(worry="<img src=x>"), lab)


def test_each_line_is_read_in_the_direction_of_its_language(lab):
    page = page_of(a_report(worry="Hon skrev:\nلا أنام هناك"), lab)

    assert '<p class="words" dir="ltr">Hon skrev:</p>' in page
    assert '<p class="words" dir="rtl">لا أنام هناك</p>' in page


def test_without_what_is_needed_no_letter_is_made(lab):
    concern = a_taken(lab)

    answer = a_client(lab, Role.SAFEGUARDING_OFFICER).post(address(lab, concern), SENT | {"to": "", "worry": " "})

    assert answer.status_code == 422
    assert not Record.objects.filter(verb="concern.letter").exists()


def test_no_letter_is_made_of_what_nobody_took_on(lab):
    assert a_client(lab, Role.SAFEGUARDING_OFFICER).post(address(lab, a_concern(lab)), SENT).status_code == 409


def test_a_machine_that_cannot_draw_a_pdf_says_so(lab, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = a_client(lab, Role.SAFEGUARDING_OFFICER).post(address(lab, a_taken(lab)), SENT)

    assert answer.status_code == 503
    assert "The letter cannot be made on this machine." in answer.content.decode()
    assert not Record.objects.filter(verb="concern.letter").exists()


def test_whoever_showed_long_ago_who_they_are_is_asked_before_they_write(lab):
    officer = a_client(lab, Role.SAFEGUARDING_OFFICER)
    page = address(lab, a_taken(lab))

    answer = proved(officer, ago=LONG).get(page)

    assert (answer.status_code, "Show once more who you are." in answer.content.decode()) == (403, True)
    assert SENT["worry"] not in answer.content.decode()


def test_when_the_writing_took_long_no_word_is_lost_and_the_letter_is_made_after_another_proof(lab):
    officer = a_client(lab, Role.SAFEGUARDING_OFFICER)
    page = address(lab, a_taken(lab))

    kept = proved(officer, ago=LONG).post(page, SENT)
    shown = kept.content.decode()
    made = proved(officer, ago=timedelta()).post(page, SENT)

    assert (kept.status_code, "nothing is sent yet" in shown, all(said in shown for said in SENT.values())) == (422, True, True)
    assert [Record.objects.filter(verb="concern.letter").count(), made.content[:5]] == [1, b"%PDF-"]


def test_that_a_report_was_made_is_noted_only_by_who_has_just_shown_who_they_are(lab):
    officer, concern = a_client(lab, Role.SAFEGUARDING_OFFICER), a_taken(lab)
    page = concern.get_absolute_url()
    said = {"kind": "report", "done": "I called them.", "reported_to": "0114", "urgency": 2, "next_step": "follow_up", "within": "today"}

    kept = proved(officer, ago=LONG).post(page, said | {"form_key": "k" * 24})
    before = concern.steps.count()
    proved(officer, ago=timedelta()).post(page, said | {"form_key": "s" * 24})

    assert (kept.status_code, "I called them." in kept.content.decode(), before) == (422, True, 0)
    assert concern.steps.get().kind == "report"


def test_what_else_was_done_is_written_down_without_another_proof(lab):
    officer, concern = a_client(lab, Role.SAFEGUARDING_OFFICER), a_taken(lab)
    said = {"kind": "talk", "done": "We talked.", "urgency": 2, "next_step": "follow_up", "within": "today", "form_key": "k" * 24}

    proved(officer, ago=LONG).post(concern.get_absolute_url(), said)

    assert concern.steps.get().kind == "talk"


def test_signing_in_anew_in_another_tab_does_not_make_the_open_page_worthless(lab):
    officer = a_participation(lab, Role.SAFEGUARDING_OFFICER)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client_of(officer).cookies
    page = address(lab, a_taken(lab))

    made = browser.post(page, SENT | {"csrfmiddlewaretoken": "of before"}, headers={"sec-fetch-site": "same-origin"})
    refused = browser.post(page, SENT, headers={"sec-fetch-site": "cross-site"})

    assert (made.status_code, refused.status_code) == (200, 403)
