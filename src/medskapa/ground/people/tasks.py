"""What is cleaned up of accounts by itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Letter

LETTERS_KEPT = timedelta(days=30)


@every("day")
def forget_ended_sessions() -> int:
    """Remove sessions of accounts that have ended. One SQL query."""
    return Session.objects.filter(expire_date__lt=now()).delete()[0]


@every("day")
def forget_old_letters() -> int:
    """Remove mails of local mode after a month: they hold addresses. One SQL query."""
    return Letter.objects.filter(sent_at__lt=now() - LETTERS_KEPT).delete()[0]
