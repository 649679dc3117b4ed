"""What forms about something of a lab have in common: people and units by their public ids, languages by their own names."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.wordings import worded, wording_of
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Unit
from medskapa.ground.people.roles import Role
from medskapa.ground.places.models import Municipality
from medskapa.ground.places.queries import in_swedish_order
from medskapa.ground.web.forms import ModelForm, language_choices


class InWords(ModelChoiceIterator):
    """The rows of a pick list, named in the language of the page. One SQL query more for the whole list."""

    field: Any

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = list(self.queryset)
        worded([named for row in rows if (named := self.field.named_by(row)) is not None], get_language() or "")
        yield from (self.choice(row) for row in rows)


class Worded:
    """A field that offers rows of a lab by their names in the language of the page."""

    iterator: Any = InWords

    def named_by(self, row: Any) -> Any:
        """The row whose title names this one: itself, or what it is about."""
        return row

    def label_from_instance(self, obj: Any) -> str:
        """What it is called: its title or its name, or what it says of itself."""
        named = self.named_by(obj)
        wording = wording_of(named, "title") or wording_of(named, "name")
        return wording.text if wording else str(named)


class Chosen(Worded, forms.ModelChoiceField):
    """One row by its public id, never by its row number."""

    def __init__(self, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(queryset, **{"to_field_name": "public_id", "empty_label": _("Choose"), **kwargs})


class LabForm(ModelForm):
    """A form about something of a lab. Give it the lab; it offers the lab's languages and shows what is chosen by public ids."""

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lab = lab
        if "language" in self.fields:
            self.fields["language"] = _written_in(lab)
            self.initial["language"] = self.instance.language if self.instance.pk else _likely(lab)
        for name, field in self.fields.items():
            if isinstance(field, Chosen) and self.instance.pk and getattr(self.instance, f"{name}_id", None):
                self.initial[name] = getattr(self.instance, name)

    def validate_constraints(self) -> None:
        """Nothing: each form says in its own words what is wrong, and the store has the last word."""


class ClosingForm(LabForm):
    """A form about something that is asked for until it is closed (``closed_at``); the form says whether it is."""

    is_closed = forms.BooleanField(label=_("No longer asked"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_closed"] = self.instance.closed_at is not None

    def filled(self) -> Any:
        """The row as it was filled in: closed since before, closed from now on, or open."""
        row = self.instance
        row.closed_at = (row.closed_at or now()) if self.cleaned_data["is_closed"] else None
        return row


def people_with(role: Role, lab: Lab) -> QuerySet[Participation]:
    """Who holds a role in a lab now. One SQL query."""
    holders = roles_in_force(lab).filter(role=role).values("participation")
    return lab.participations.filter(pk__in=holders).select_related("unit__organisation").order_by("name", "pk")


def units_of(lab: Lab) -> QuerySet[Unit]:
    """Units that can own something in a lab; the invented ones in a demo lab only. One SQL query."""
    rows = Unit.objects.all() if lab.is_demo else Unit.objects.filter(organisation__is_demo=False)
    return rows.select_related("organisation").order_by("organisation__name", "name", "pk")


def places_of(lab: Lab) -> QuerySet[Municipality]:
    """Municipalities that can be chosen in a lab; the invented ones in a demo lab only. One SQL query."""
    rows = Municipality.objects.all() if lab.is_demo else Municipality.objects.filter(is_invented=False)
    return rows.order_by("-is_invented", in_swedish_order("name"), "pk")


def _written_in(lab: Lab) -> forms.ChoiceField:
    codes = list(dict.fromkeys([lab.language, *lab.languages, "en"]))
    return forms.ChoiceField(label=_("Language you write in"), choices=language_choices(codes))


def _likely(lab: Lab) -> str:
    here = get_language() or ""
    return here if here in (lab.language, *lab.languages, "en") else lab.language
