"""Mails in local mode: none leaves; each is shown in the terminal and on the page *Sent mail*."""

import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from medskapa.ground.people.models import Letter


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
