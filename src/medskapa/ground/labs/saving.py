"""What the pages of the set-up do with their answers: several small actions, all or none of them."""

from typing import Any

from django.db import transaction
from django.forms import BaseFormSet

from medskapa.ground.labs import actions
from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.forms.set_up import HostForm, OfficerForm
from medskapa.ground.labs.models import Invitation, Lab
from medskapa.ground.labs.queries import open_invitations
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.actions import make_organisation
from medskapa.ground.people.models import Organisation
from medskapa.ground.people.roles import Role


@transaction.atomic
def save_host(lab: Lab, form: HostForm, *, by: Actor) -> None:
    """The host as the organisation of that name, which is made if there is none."""
    name = form.cleaned_data["host_name"]
    host = Organisation.objects.filter(name__iexact=name).order_by("pk").first()
    host = host or make_organisation(name, by=by, kind=form.organisation_kind)
    actions.edit_lab(lab, by=by, host=host, host_kind=form.cleaned_data["host_kind"])


@transaction.atomic
def save_phases(lab: Lab, formset: BaseFormSet, *, by: Actor) -> None:
    """Phases that are new, changed or emptied. What is new comes first, so that an open lab is never without."""
    known = {phase.public_id: phase for phase in lab.phases.select_related("lab")}
    for public_id, what in _answers(formset):
        phase = known.pop(public_id, None)
        if phase is None:
            actions.add_phase(lab, by=by, **what)
        elif any(getattr(phase, name) != value for name, value in what.items()):
            actions.edit_phase(phase, by=by, **what)
    for phase in known.values():
        actions.remove_phase(phase, by=by)


@transaction.atomic
def save_help(lab: Lab, formset: BaseFormSet, officer: OfficerForm, *, by: Actor, site: str) -> tuple[Invitation, str] | None:
    """Help contacts as above; and an invitation for the officer, if one was named, with its token."""
    known = {contact.public_id: contact for contact in lab.help_contacts.select_related("lab")}
    for order, (public_id, what) in enumerate(_answers(formset)):
        contact = known.pop(public_id, None)
        if contact is None:
            actions.add_help_contact(lab, by=by, order=order, **what)
        elif any(getattr(contact, name) != value for name, value in what.items()):
            actions.edit_help_contact(contact, by=by, **what)
    for contact in known.values():
        actions.remove_help_contact(contact, by=by)
    if not officer.cleaned_data["officer_name"]:
        return None
    answers = officer.cleaned_data
    return actions.invite(
        lab, by=by, name=answers["officer_name"], email=answers["officer_email"], role=Role.SAFEGUARDING_OFFICER, site=site
    )


def officer_state(lab: Lab) -> dict[str, Any]:
    """Who is the safeguarding officer, or was invited to be. Two SQL queries."""
    given = roles_in_force(lab).filter(role=Role.SAFEGUARDING_OFFICER).select_related("participation").first()
    asked = open_invitations(lab).filter(role=Role.SAFEGUARDING_OFFICER).last()
    return {"has_officer": given.participation.name if given else "", "asked_officer": asked.name if asked else ""}


def _answers(formset: BaseFormSet) -> list[tuple[str, dict[str, Any]]]:
    """Each filled-in row: the id of what it was, and what it says now."""
    rows = [dict(form.cleaned_data) for form in formset if form.cleaned_data.get("name")]
    return [(row.pop("public_id", ""), row) for row in rows]
