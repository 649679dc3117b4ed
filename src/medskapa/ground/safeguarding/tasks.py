"""What safeguarding does by the clock."""

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.clock import every
from medskapa.ground.safeguarding.retention import let_go_of


@every("day")
def let_go_of_what_is_due() -> int:
    """Let go of all that is past its time, in every lab. Gives how many. SQL: those of ``let_go_of`` for each lab."""
    return sum(sum(let_go_of(lab, by=Actor.system("retention", lab.public_id)).values()) for lab in Lab.objects.order_by("pk"))
