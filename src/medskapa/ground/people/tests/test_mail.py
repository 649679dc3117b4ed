"""The mail of a duty goes out once; should its note be lost, the one that goes out again is the same mail."""

from smtplib import SMTPException

import pytest

from medskapa.ground.ledger.models import Due
from medskapa.ground.people import mail
from medskapa.ground.people.mail import mailed_once

pytestmark = pytest.mark.django_db
ADA, BO = "ada@example.org", "bo@example.org"


def send(duty: str = "proof of Monday", to: str = ADA) -> bool:
    return mailed_once(duty, "Proof", "Keep this.", to)


def test_the_same_mail_goes_to_the_same_person_once(mailoutbox):
    assert [send(), send(), send(to=BO), send("proof of Tuesday")] == [True] * 4

    assert [one.to for one in mailoutbox] == [[ADA], [BO], [ADA]]
    assert len({one.message()["Message-ID"] for one in mailoutbox}) == 3


def test_where_it_was_not_noted_that_it_went_out_the_same_mail_goes_out_again(mailoutbox):
    send()
    Due.objects.all().delete()
    send()

    first, second = (one.message()["Message-ID"] for one in mailoutbox)
    assert first == second
    assert first.endswith("@localhost>")


def test_what_did_not_go_out_goes_out_the_next_time(mailoutbox, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", lambda _mail: (_ for _ in ()).throw(SMTPException("down")))
        assert not send()

    assert send()
    assert len(mailoutbox) == 1


def test_neither_its_name_nor_its_note_says_what_it_is_about_or_whose_it_is(mailoutbox):
    send("alarm of concern a1b2c3")

    told = str(mailoutbox[0].message()["Message-ID"]) + Due.objects.get().task
    assert not any(word in told for word in ("alarm", "a1b2c3", "ada"))
