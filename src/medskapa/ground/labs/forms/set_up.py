"""The five pages that lead to a lab."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.people.queries import names_of_organisations
from medskapa.ground.people.roles import AUTHORITIES, OrganisationKind
from medskapa.ground.web.alphabets import stands_apart
from medskapa.ground.web.forms import Beside, Form, ManyPicks, Picks, language_choices
from medskapa.ground.web.languages import COMPLETE, KNOWN

HOST_HINTS = {
    "authority": _("What is told can become a public record that anybody may ask for. The page for telling says so first."),
    "foundation": _("Stories stay with the foundation. An authority in the lab reads only what you let cross to it."),
    "association": _("Stories stay with the association. An authority in the lab reads only what you let cross to it."),
    "company": _("Stories stay with the company. An authority in the lab reads only what you let cross to it."),
}
ORGANISATION_OF_HOST = {
    Lab.HostKind.FOUNDATION: OrganisationKind.FOUNDATION,
    Lab.HostKind.ASSOCIATION: OrganisationKind.NGO,
    Lab.HostKind.COMPANY: OrganisationKind.COMPANY,
}


def _short() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "class": "short"})


class NameForm(Beside, Form):
    """Page one: what the lab is called and who it is for."""

    name = forms.CharField(label=_("What is the lab called?"), max_length=120)
    target_group = forms.CharField(label=_("Who is it for?"), max_length=300, help_text=_("In words that they would use of themselves."))
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=2000,
        required=False,
        widget=_short(),
        help_text=_("One or two sentences. They stand on the lab's first page."),
    )
    promise_days = forms.IntegerField(
        label=_("Within how many days does everyone hear from you?"),
        min_value=1,
        max_value=365,
        initial=30,
        help_text=_("Whoever has waited longer comes first on your page."),
    )

    @staticmethod
    def initial_of(lab: Lab) -> dict[str, Any]:
        """What the form shows of a lab."""
        return {"name": lab.name, "target_group": lab.target_group, "purpose": lab.purpose, "promise_days": lab.promise_days}


class HostForm(Form):
    """Page two: who hosts the lab, and what that means for public records."""

    host_name = forms.CharField(label=_("Who hosts the lab?"), max_length=160, help_text=_("The organisation that answers for it."))
    host_kind = forms.ChoiceField(label=_("What kind of host is that?"), choices=Lab.HostKind.choices, widget=Picks(hints=HOST_HINTS))
    authority_kind = forms.ChoiceField(
        label=_("Which kind of authority?"),
        choices=[("", _("It is not an authority")), *[(kind.value, kind.label) for kind in OrganisationKind if kind in AUTHORITIES]],
        required=False,
    )

    def clean_host_name(self) -> str:
        """Another organisation that looks just like it is not it."""
        name: str = self.cleaned_data["host_name"]
        stands_apart(name, names_of_organisations())
        return name

    def clean(self) -> dict[str, Any]:
        """An authority says which kind it is."""
        cleaned = super().clean() or {}
        if cleaned.get("host_kind") == Lab.HostKind.AUTHORITY and not cleaned.get("authority_kind"):
            self.add_error("authority_kind", _("Choose which kind of authority it is."))
        return cleaned

    @property
    def organisation_kind(self) -> str:
        """The kind that an organisation made from this answer has."""
        return ORGANISATION_OF_HOST.get(self.cleaned_data["host_kind"]) or str(self.cleaned_data["authority_kind"])

    @staticmethod
    def initial_of(lab: Lab) -> dict[str, Any]:
        """What the form shows of a lab."""
        host = lab.host
        authority = host.kind if host and host.is_authority else ""
        return {"host_name": host.name if host else "", "host_kind": lab.host_kind, "authority_kind": authority}


class LanguagesForm(Form):
    """Page three: in which languages people tell."""

    languages = forms.MultipleChoiceField(
        label=_("In which languages can people tell?"),
        choices=language_choices(list(KNOWN)),
        widget=ManyPicks(are_languages=True),
        help_text=_("You need somebody who can read each of them."),
    )
    language = forms.ChoiceField(
        label=_("In which language does the lab itself write?"),
        choices=language_choices(list(COMPLETE)),
        help_text=_("Its texts can be said in other languages later."),
    )

    @staticmethod
    def initial_of(lab: Lab) -> dict[str, Any]:
        """What the form shows of a lab."""
        return {"language": lab.language, "languages": lab.languages}


class PhaseForm(Form):
    """One phase of page four. An emptied name takes the phase away."""

    public_id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the phase"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("Starts"), required=False)
    ends_on = forms.DateField(label=_("Ends"), required=False)
    young_decide = forms.CharField(label=_("Young people decide"), max_length=600, required=False, widget=_short())
    young_advise = forms.CharField(label=_("They advise on"), max_length=600, required=False, widget=_short())
    young_are_told = forms.CharField(label=_("They are told"), max_length=600, required=False, widget=_short())

    def clean(self) -> dict[str, Any]:
        """A phase that has a name has days, and says something about who decides."""
        cleaned = super().clean() or {}
        if not cleaned.get("name"):
            return cleaned
        for day in ("starts_on", "ends_on"):
            if not cleaned.get(day) and day not in self.errors:
                self.add_error(day, _("Choose a day."))
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("A phase ends after it starts."))
        if not any(cleaned.get(name) for name in ("young_decide", "young_advise", "young_are_told")):
            self.add_error("young_decide", _("Say what young people decide, advise on or are told."))
        return cleaned


class HelpContactForm(Form):
    """One place of page five where a young person gets help. An emptied name takes it away."""

    public_id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Who helps?"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    link = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    says = forms.CharField(label=_("When, and for what?"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A place that has a name can be reached."""
        cleaned = super().clean() or {}
        if cleaned.get("name") and not (cleaned.get("phone") or cleaned.get("link") or self.errors):
            self.add_error("phone", _("Write a phone number or a web address."))
        return cleaned


class OfficerForm(Form):
    """The safeguarding officer of page five: somebody else than whoever sets the lab up."""

    officer_name = forms.CharField(label=_("Who is the safeguarding officer?"), max_length=120, required=False)
    officer_email = forms.EmailField(
        label=_("Their e-mail address"), required=False, help_text=_("Without it you get a link to hand over yourself.")
    )


PhaseFormSet = forms.formset_factory(PhaseForm, extra=1)
HelpContactFormSet = forms.formset_factory(HelpContactForm, extra=1)
