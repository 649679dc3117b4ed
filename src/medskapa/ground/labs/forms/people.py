"""What is asked about people in a lab."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.queries import names_in
from medskapa.ground.people.queries import units
from medskapa.ground.people.roles import Role
from medskapa.ground.web.forms import Beside, Form


class ParticipationForm(Beside, Form):
    """Who takes part, for which unit, from when to when, and in whose place."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.ModelChoiceField(label=_("For which unit?"), queryset=units(), required=False)
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"), required=False)
    stand_in_for = forms.ModelChoiceField(
        label=_("As a stand-in for"), queryset=Participation.objects.none(), required=False, help_text=_("When somebody else has the seat.")
    )

    def __init__(self, *args: Any, lab: Lab, me: Participation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, beside=names_in(lab, but=me), **kwargs)
        others = lab.participations.exclude(pk=me.pk) if me else lab.participations.all()
        self.fields["stand_in_for"].queryset = others.order_by("name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody leaves before they come."""
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("This day is before the first one."))
        return cleaned

    @staticmethod
    def initial_of(participation: Participation) -> dict[str, Any]:
        """What the form shows of a participation."""
        return {
            "name": participation.name,
            "unit": participation.unit_id,
            "starts_on": participation.starts_on,
            "ends_on": participation.ends_on,
            "stand_in_for": participation.stand_in_for_id,
        }


class RoleForm(Form):
    """A role, and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    last_day = forms.DateField(label=_("Until"), required=False, help_text=_("Without a day it runs until you end it."))


class InvitationForm(Beside, Form):
    """Who is invited, in which role, until when."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=_("For which unit?"), queryset=units(), required=False)
    role_ends_on = forms.DateField(label=_("Until"), required=False, help_text=_("Without a day it runs until you end it."))
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("Without it you get a link to hand over yourself."))


class JoinForm(Beside, Form):
    """Somebody who opens an invitation and has no account yet."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("Codes for signing in come to it."))
