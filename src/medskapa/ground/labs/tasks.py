"""What labs do by themselves."""

from medskapa.ground.labs.letters import send_heads
from medskapa.ground.labs.models import Lab, PseudonymSession
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now


@every("hour")
def forget_ended_sessions() -> int:
    """Remove the sessions of codes that have ended. One SQL query."""
    return PseudonymSession.objects.filter(ends_at__lte=now()).delete()[0]


@every("day")
def mail_heads() -> int:
    """Mail the heads of the chains of every lab that works; a demo's has nobody to keep them. Gives how many mails."""
    return sum(send_heads(lab) for lab in Lab.objects.filter(state=Lab.State.OPEN, is_demo=False).order_by("pk"))
