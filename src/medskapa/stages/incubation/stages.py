"""What this room adds to the thread: supports that grew from decisions."""

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.registry import Moment
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.incubation.models import Support
from medskapa.stages.incubation.queries import visible_supports


def title(support: Support, actor: Actor) -> str:
    """What the support is called."""
    return support.title


def moment(support: Support, actor: Actor) -> Moment:
    """When it begins."""
    return support.starts_on


def join_thread() -> None:
    """Register stage and link; called once, when everything starts."""
    register(Stage("support", Support, visible=visible_supports, title=title, moment=moment))
    link(Link(Support, parent="decision"))
