"""What labs clean up by themselves."""

from medskapa.ground.labs.models import PseudonymSession
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now


@every("hour")
def forget_ended_sessions() -> int:
    """Remove the sessions of codes that have ended. One SQL query."""
    return PseudonymSession.objects.filter(ends_at__lte=now()).delete()[0]
