"""What people type about ideas and teams."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import LabForm
from medskapa.ground.web.forms import Beside, Form, Picks
from medskapa.stages.cocreation.forms.insights import ManyInsights, offer_insights
from medskapa.stages.cocreation.models import Idea, Team
from medskapa.stages.understanding.models import Insight


class IdeaForm(LabForm):
    """An idea in four fields; its language is the page's, and can be changed later."""

    field_order = ["title", "summary", "kind", "credit"]

    class Meta:
        model = Idea
        fields = ["title", "summary", "kind", "credit"]
        labels = {"title": _("What is it called?"), "summary": _("What is it, and who does what?"), "kind": _("What kind of thing is it?")}
        widgets = {"kind": Picks, "summary": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"title": _("Two to five words."), "summary": _("Say it as you would to somebody at the next table.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Idea.Kind.choices  # type: ignore[attr-defined]
        credit = self.fields["credit"]
        credit.label, credit.help_text = _("Name to show with it"), _("A name you choose. Leave it empty to show none.")

    def likely_language(self) -> str:
        """The language the page is read in, if the lab has it, else the lab's own."""
        here = get_language() or ""
        return here if here in {*self.lab.languages, "en"} else self.lab.language


class EditIdeaForm(IdeaForm):
    """An idea with its language and the insights it grew from beside its challenge."""

    field_order = ["title", "summary", "kind", "credit", "language", "insights"]
    insights = ManyInsights(label=_("Insights it grew from"))

    class Meta(IdeaForm.Meta):
        fields = ["title", "summary", "kind", "credit", "language", "insights"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_insights(self, Insight.objects.filter(idea_links__idea=self.instance.pk or 0))


class IdeaFilter(Form):
    """Which ideas are listed: those for one challenge, those of one kind."""

    challenge = forms.ChoiceField(label=_("Challenge"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, challenges: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenge"].choices = [("", _("All challenges")), *challenges]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All kinds")), *Idea.Kind.choices]  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why something stops here."""

    reason = forms.CharField(
        label=_("Why?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Others read this before they try the same.")
    )


class CreditForm(Form):
    """The name that is shown for somebody in a team."""

    credit = forms.CharField(
        label=_("Name to show"), max_length=120, required=False, help_text=_("A name you choose. The others in the lab see it.")
    )


class TeamForm(Beside, LabForm):
    """The name of a team, and under which name its first member is shown."""

    credit = forms.CharField(label=_("Your name in the team"), max_length=120, required=False, help_text=_("A name you choose."))

    class Meta:
        model = Team
        fields = ["name"]
        labels = {"name": _("What is the team called?")}


class RenameTeamForm(Beside, LabForm):
    """Another name for a team."""

    class Meta:
        model = Team
        fields = ["name"]
