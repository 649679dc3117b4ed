"""What people type about insights and what they rest on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.forms import Form, Picks, Words
from medskapa.stages.listening.models import Statement, Story
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.quoting import NotAQuote, find_quote

LONGEST_QUOTE = 2000


class InsightForm(LabForm):
    """An insight in the lab's own words."""

    class Meta:
        model = Insight
        fields = ["title", "summary", "language"]
        labels = {"title": _("The insight in one sentence"), "summary": _("What it means")}
        help_texts = {
            "title": _("Something that several people's stories say. Not a solution yet."),
            "summary": _("For whom it holds, when it does not, and what we do not know."),
        }


class EvidenceForm(Form):
    """Which way something speaks, and why it counts."""

    side = forms.ChoiceField(label=_("Which way does it speak?"), choices=Evidence.Side.choices, initial=Evidence.Side.FOR, widget=Picks)
    note = forms.CharField(label=_("Why does it count?"), max_length=400, help_text=_("One sentence. It is shown beside it."))


class QuoteForm(EvidenceForm):
    """Words of one story, copied just as they stand."""

    quote = forms.CharField(
        label=_("The quote"), max_length=LONGEST_QUOTE, widget=Words, help_text=_("Copy it from the text, just as it stands.")
    )
    field_order = ["quote", "side", "note"]

    def __init__(self, *args: Any, story: Story, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story, self.reader = story, reader

    def clean_quote(self) -> str:
        """What stands in no version that this person may read is no quote."""
        try:
            return find_quote(self.story, self.cleaned_data["quote"], reader=self.reader).text
        except NotAQuote as error:
            raise forms.ValidationError(f"{error.title} {error.text}") from error


class AnswersForm(EvidenceForm):
    """A statement whose answers say something about an insight."""

    statement = Chosen(Statement.objects.none(), label=_("Which statement?"), empty_label=None, widget=Picks)
    field_order = ["statement", "side", "note"]

    def __init__(self, *args: Any, lab: Lab, insight: Insight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statements = lab.statements.exclude(state__in=Statement.UNDECIDED).exclude(evidence__insight=insight)
        field = self.fields["statement"]
        field.queryset = statements.order_by("-made_at", "-pk")  # type: ignore[attr-defined]
