"""What people type about blocks, tables and seats."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm
from medskapa.ground.labs.models import Gathering, Lab, Participation, Pseudonym
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.labday.models import Block, Table
from medskapa.stages.labday.queries import named_pseudonyms


class BlockForm(LabForm):
    """One part of a day."""

    class Meta:
        model = Block
        fields = ["title", "summary", "kind", "minutes"]
        labels = {"title": _("What do we do?"), "summary": _("How?"), "kind": _("Where?"), "minutes": _("How many minutes?")}
        widgets = {"kind": Picks, "summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"title": _("One or two words show best on the big screen."), "summary": _("One sentence that everybody understands.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Block.Kind.choices  # type: ignore[attr-defined]
        self.fields["minutes"].min_value = 1  # type: ignore[attr-defined]


class TableForm(LabForm):
    """A table and what it works on."""

    challenge = Chosen(label=_("Challenge"), required=False)
    prototype = Chosen(label=_("Prototype"), required=False, help_text=_("Choose it when the table has begun to build."))

    class Meta:
        model = Table
        fields = ["number", "name", "challenge", "prototype"]

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        self.fields["challenge"].queryset = self.lab.challenges.exclude(state="draft").order_by("title", "pk")  # type: ignore[attr-defined]
        self.fields["prototype"].queryset = self.lab.prototypes.order_by("-made_at", "-pk")  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["number"] = (gathering.tables.aggregate(last=Max("number"))["last"] or 0) + 1

    def clean_number(self) -> int:
        """Two tables of a day have two numbers."""
        number = int(self.cleaned_data["number"])
        if self.gathering.tables.filter(number=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a table with this number. Choose one that is free."))
        return number


class SeatForm(Form):
    """Who gets a seat: somebody with a name in the lab, or a co-creator by the name they chose."""

    participation = Chosen(Participation.objects.none(), label=_("Somebody with a name in the lab"), required=False)
    pseudonym = Chosen(
        Pseudonym.objects.none(),
        label=_("A co-creator"),
        required=False,
        help_text=_("Those who chose a name are listed. Others can sit down themselves."),
    )
    shown = forms.CharField(label=_("Name to show"), max_length=120, required=False, help_text=_("Everybody at the day sees it."))

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = lab.participations.order_by("name", "pk")  # type: ignore[attr-defined]
        co_creators = self.fields["pseudonym"]
        co_creators.queryset = named_pseudonyms(lab)  # type: ignore[attr-defined]
        co_creators.label_from_instance = lambda pseudonym: pseudonym.alias  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A seat is for one."""
        values = super().clean() or {}
        chosen = [values.get("participation"), values.get("pseudonym")]
        if sum(person is not None for person in chosen) != 1 and not self.errors:
            raise forms.ValidationError(_("Choose one person: either from the first list or from the second."))
        values["person"] = next((person for person in chosen if person is not None), None)
        return values


class TakeSeatForm(Form):
    """The name under which somebody sits down."""

    shown = forms.CharField(
        label=_("Name to show"), max_length=120, required=False, help_text=_("A name you choose. Everybody at the day sees it.")
    )
