"""What this room adds to the thread: pilots, where they spread, and the challenges they gave, which close a loop."""

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.registry import Moment
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.stages.pilots.models import Adoption, NextChallenge, Pilot
from medskapa.stages.pilots.queries import visible_adoptions, visible_pilots


def pilot_title(pilot: Pilot, actor: Actor) -> str:
    """What the pilot is called."""
    return pilot.title


def pilot_moment(pilot: Pilot, actor: Actor) -> Moment:
    """When it begins."""
    return pilot.starts_on


def pilot_place(pilot: Pilot, actor: Actor) -> str:
    """The municipality."""
    return pilot.municipality.name


def adoption_title(adoption: Adoption, actor: Actor) -> str:
    """Who takes it on."""
    return adoption.municipality.name


def adoption_place(adoption: Adoption, actor: Actor) -> str:
    """What is taken on there."""
    return adoption.pilot.title


def adoption_moment(adoption: Adoption, actor: Actor) -> Moment:
    """Since when it stands as it does."""
    return adoption.since


def join_thread() -> None:
    """Register stages and links; called once, when everything starts."""
    register(Stage("realise", Pilot, visible=visible_pilots, title=pilot_title, moment=pilot_moment, place=pilot_place))
    register(Stage("spread", Adoption, visible=visible_adoptions, title=adoption_title, moment=adoption_moment, place=adoption_place))
    link(Link(Pilot, parent="support"))
    link(Link(Pilot, parent="decision"))
    link(Link(Pilot, parent="best_interests"))
    link(Link(NextChallenge, parent="pilot", child="challenge"))
    link(Link(Adoption, parent="pilot"))
