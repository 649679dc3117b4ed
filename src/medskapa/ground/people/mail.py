"""Mails. In local mode none leaves: each is shown in the terminal and on the page *Sent mail*."""

import hmac
import logging
import sys
from collections.abc import Sequence
from email.utils import parseaddr
from smtplib import SMTPException
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from medskapa.ground.ledger.clock import claim, is_noted, this_minute
from medskapa.ground.people.models import Letter

_log = logging.getLogger(__name__)


def mailed(subject: str, text: str, address: str, **headers: str) -> bool:
    """Send one mail, and say whether it went out; one that did not keeps nobody else's back. Not inside a transaction: it may take long."""
    try:
        return EmailMessage(subject, text, None, [address], headers=headers).send() == 1
    except (SMTPException, OSError):
        _log.exception("a mail did not go out")
        return False


def mailed_once(duty: str, subject: str, text: str, address: str) -> bool:
    """Send the mail of a duty to somebody unless it is noted that it went out, and note it; say whether it is out. ``mailed`` has the rest.

    duty  which mail it is, the same whenever it is tried: what it is about, and the day or the round

    Who dies between handing over and noting hands it over again, since a mail that nobody gets is worse than one that comes twice.
    Both then have the same Message-ID, by which mail programs know that they are one. At most five SQL queries.
    """
    name = hmac.new(settings.MEDSKAPA_KEYS.derived("people/mail"), f"{duty}\n{address}".encode(), "sha256").hexdigest()[:32]
    if is_noted(f"mail {name}"):
        return True
    is_out = mailed(subject, text, address, **{"Message-ID": f"<{name}@{_domain()}>"})
    if is_out:
        claim(f"mail {name}", this_minute())
    return is_out


def post(mail: EmailMessage) -> None:
    """Send a mail without making the page wait: how long a mail server takes would tell who has an account.

    Its text may hold a code, so it is kept in no queue; a mail that does not go out is in the log, and the person asks for another.
    """
    if settings.MEDSKAPA_LOCAL:
        mail.send()
    else:
        Thread(target=_sent, args=(mail,), name="post").start()


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _sent(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (SMTPException, OSError):
        _log.exception("a mail did not go out")


class SentMail(BaseEmailBackend):
    """Keeps every mail as a row, and prints it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep and print. One SQL query."""
        letters = [Letter(to=", ".join(mail.to)[:254], subject=str(mail.subject)[:300], text=str(mail.body)) for mail in email_messages]
        Letter.objects.bulk_create(letters)
        for letter in letters:
            sys.stdout.write(f"\nMail to {letter.to}: {letter.subject}\n\n{letter.text}\n\n")
        sys.stdout.flush()
        return len(letters)
