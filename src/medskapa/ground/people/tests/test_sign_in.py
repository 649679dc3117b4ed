"""Signing in: by a code, by an app beside it, and in local mode as somebody who does not exist."""

import re
import secrets
from datetime import timedelta
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from medskapa.ground.people.mail import SentMail, post
from medskapa.ground.people.models import Account, Letter
from medskapa.ground.people.tests.makers import an_account, came_in_by_mail, proved, signed_in, the_app_says, the_code

pytestmark = pytest.mark.django_db

SECOND_FACTOR_PAGES = ("", "app/", "passkeys/", "passkeys/new/")


def sent(**answers: str) -> dict[str, str]:
    return {"form_key": secrets.token_urlsafe(18), **answers}


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_somebody_signs_in_with_a_code_from_a_mail():
    an_account("sara@example.org")
    client = Client()

    client.post("/en/sign-in/", {"login": "Sara@example.org"})
    answer = client.post("/en/sign-in/code/confirm/", {"code": the_code()})

    assert answer.status_code == 302
    assert is_signed_in(client)


def test_a_wrong_code_opens_nothing_and_three_end_the_try():
    an_account("sara@example.org")
    client = Client()
    client.post("/en/sign-in/", {"login": "sara@example.org"})
    right = the_code()

    for _ in range(3):
        client.post("/en/sign-in/code/confirm/", {"code": "0000-0000" if right != "0000-0000" else "1111-1111"})
    client.post("/en/sign-in/code/confirm/", {"code": right})

    assert not is_signed_in(client)


def test_however_long_the_mail_server_takes_the_page_does_not_wait_for_it(settings, monkeypatch):
    settings.MEDSKAPA_LOCAL = False
    an_account("sara@example.org")
    answered, went_out = Event(), Event()
    monkeypatch.setattr(EmailMessage, "send", lambda _mail: went_out.set() if answered.wait(30) else None)

    answer = Client().post("/en/sign-in/", {"login": "sara@example.org"}, secure=True)
    answered.set()

    assert answer.status_code == 302
    assert went_out.wait(30)


def test_a_mail_server_that_does_not_answer_leaves_a_line_without_the_code(settings, monkeypatch, caplog):
    settings.MEDSKAPA_LOCAL = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr("smtplib.SMTP.__init__", _no_server)

    mail_with_code = EmailMessage("Code", "ABCD-1234", to=["sara@example.org"])
    post(mail_with_code)
    for thread in [thread for thread in enumerate_threads() if thread.name == "post"]:
        thread.join(30)

    assert "a mail did not go out" in caplog.text
    assert "ABCD" not in caplog.text


def _no_server(*_args: object, **_options: object) -> None:
    raise ConnectionRefusedError


def test_an_address_without_an_account_gets_no_mail_and_the_same_page():
    client = Client()

    answer = client.post("/en/sign-in/", {"login": "nobody@example.org"}, follow=True)

    assert answer.status_code == 200
    assert "Look in your mail" in answer.content.decode()
    assert mail.outbox == []
    assert Account.objects.count() == 0


def test_the_mail_comes_in_the_language_of_the_account():
    an_account("sara@example.org", language="en")

    Client().post("/ar/sign-in/", {"login": "sara@example.org"})

    assert mail.outbox[0].subject == "Your code for signing in"


def test_nobody_signs_up_by_themselves():
    assert Client().get("/en/sign-up/").status_code == 404
    assert Client().get("/en/signup/").status_code == 404


def test_the_session_gets_a_new_id_when_somebody_signs_in():
    account = an_account("sara@example.org")
    client = Client()
    client.post("/en/sign-in/", {"login": account.email})
    before = client.cookies["account"].value

    client.post("/en/sign-in/code/confirm/", {"code": the_code()})

    assert client.cookies["account"].value != before


def test_signing_out_everywhere_else_ends_other_sessions_within_one_request():
    account = an_account()
    here, there = signed_in(account), signed_in(account)

    here.post("/en/account/sessions/")

    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_name_and_language_are_changed_on_the_account_page():
    account = an_account()

    signed_in(account).post("/en/account/", sent(name="Sara Lindqvist", language="sv"))

    account.refresh_from_db()
    assert (account.name, account.language) == ("Sara Lindqvist", "sv")


@pytest.mark.parametrize("page", SECOND_FACTOR_PAGES)
def test_pages_of_second_factors_open(page):
    answer = came_in_by_mail(an_account()).get(f"/en/account/second/{page}")

    assert answer.status_code == 200
    assert 'style="' not in answer.content.decode()


def test_an_app_becomes_a_second_lock_whose_secret_lies_encrypted():
    account = an_account("sara@example.org")
    client = came_in_by_mail(account)
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", client.get("/en/account/second/app/").content.decode()).group(1)

    client.post("/en/account/second/app/", {"code": the_app_says(secret)})

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    other = Client()
    other.post("/en/sign-in/", {"login": account.email})
    step = other.post("/en/sign-in/code/confirm/", {"code": the_code()})
    assert step["Location"] == "/en/sign-in/second/"
    assert not is_signed_in(other)
    assert other.get("/en/sign-in/second/").status_code == 200
    recovery = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    other.post("/en/sign-in/second/", {"code": recovery})
    assert is_signed_in(other)
    assert recovery not in other.get("/en/account/second/recovery/").content.decode()
    assert "10 of 10" not in other.get("/en/account/second/recovery/").content.decode()


def test_whoever_signed_in_long_ago_shows_once_more_who_they_are():
    account = an_account()
    RecoveryCodes.activate(account)
    client = proved(signed_in(account), ago=timedelta(minutes=16))

    answer = client.get("/en/account/second/recovery/new/")

    assert answer.status_code == 302
    assert "/account/again/" in answer["Location"]


def test_one_click_signs_in_as_somebody_who_does_not_exist():
    client = Client()

    answer = client.post(f"/en/sign-in-as/{an_account(is_demo=True).public_id}/")

    assert answer.status_code == 303
    assert is_signed_in(client)


def test_nobody_signs_in_as_a_real_person_with_one_click():
    client = Client()

    answer = client.post(f"/en/sign-in-as/{an_account().public_id}/")

    assert answer.status_code == 404
    assert not is_signed_in(client)


def test_neither_one_click_nor_sent_mail_exist_in_production(settings):
    demo = an_account(is_demo=True)
    settings.MEDSKAPA_LOCAL = False

    assert Client().post(f"/en/sign-in-as/{demo.public_id}/").status_code == 404
    assert Client().get("/en/mail/").status_code == 404


def test_mails_of_local_mode_stand_on_a_page_and_in_the_terminal(capsys):
    letter = mail.EmailMessage("Your code", "1234-5678", to=["sara@example.org"], connection=SentMail())

    letter.send()

    assert Letter.objects.get().text == "1234-5678"
    assert "1234-5678" in capsys.readouterr().out
    assert "1234-5678" in Client().get("/en/mail/").content.decode()


def test_pages_of_signing_in_name_their_scripts_and_hold_none_inline():
    page = Client().get("/en/sign-in/").content.decode()

    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>", page)
    assert all('type="application/json"' in attributes for attributes in inline)
    assert "mfa/js/webauthn.js" in page


def test_whoever_signed_in_a_moment_ago_need_not_show_it_once_more():
    account = an_account("sara@example.org")
    RecoveryCodes.activate(account)

    assert came_in_by_mail(account).get("/en/account/second/recovery/new/").status_code == 200
