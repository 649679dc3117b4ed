"""Phases with who decides what, and where a young person gets help now."""

from datetime import date
from typing import TypedDict, Unpack

from medskapa.ground.labs.models import HelpContact, Lab, Phase
from medskapa.ground.labs.readiness import stay_ready
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor


class PhaseChanges(TypedDict, total=False):
    """What of a phase can be said."""

    name: str
    starts_on: date
    ends_on: date
    young_decide: str
    young_advise: str
    young_are_told: str


class HelpContactChanges(TypedDict, total=False):
    """What of a help contact can be said."""

    name: str
    phone: str
    link: str
    says: str
    order: int


@action("phase.add")
def add_phase(lab: Lab, *, by: Actor, **what: Unpack[PhaseChanges]) -> Phase:
    """Plan a phase, and say what young people decide, advise on and are told in it."""
    return Phase.objects.create(lab=lab, **what)


@action("phase.edit")
def edit_phase(phase: Phase, *, by: Actor, **changes: Unpack[PhaseChanges]) -> Phase:
    """Change a phase."""
    for name, value in changes.items():
        setattr(phase, name, value)
    phase.save(update_fields=list(changes))
    return phase


@action("phase.remove")
def remove_phase(phase: Phase, *, by: Actor) -> None:
    """Take a phase out of the plan. Raises NotReady if it is the last one of an open lab."""
    phase.delete()
    stay_ready(phase.lab)


@action("help_contact.add")
def add_help_contact(lab: Lab, *, by: Actor, **what: Unpack[HelpContactChanges]) -> HelpContact:
    """Name somewhere a young person gets help now."""
    what.setdefault("order", lab.help_contacts.count())
    return HelpContact.objects.create(lab=lab, **what)


@action("help_contact.edit")
def edit_help_contact(contact: HelpContact, *, by: Actor, **changes: Unpack[HelpContactChanges]) -> HelpContact:
    """Change a help contact."""
    for name, value in changes.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(changes))
    return contact


@action("help_contact.remove")
def remove_help_contact(contact: HelpContact, *, by: Actor) -> None:
    """Take a help contact away. Raises NotReady if it is the last one of an open lab."""
    contact.delete()
    stay_ready(contact.lab)
