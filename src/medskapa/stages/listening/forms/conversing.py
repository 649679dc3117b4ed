"""Prompts, conversations and statements as they are filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, ClosingForm, LabForm
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.forms import Form, ManyPicks, Picks
from medskapa.stages.listening.bursts import Marked
from medskapa.stages.listening.models import Conversation, Pictogram, Prompt, Statement
from medskapa.stages.listening.queries import listed_stories, shown


class PromptForm(ClosingForm):
    """A question that opens a story."""

    class Meta:
        model = Prompt
        fields = ("title", "summary", "spoken", "picture", "language")
        help_texts = {
            "title": _("Short and open, such as: What happened?"),
            "summary": _("One or two sentences that help to begin."),
            "spoken": _("What the phone says when somebody asks it to read aloud. Left empty, it reads the question."),
            "picture": _("For those who read little. It stands above the question."),
        }
        widgets = {"summary": forms.Textarea({"rows": 3}), "picture": Picks(are_signs=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].choices = [("", _("No picture")), *Pictogram.choices]  # type: ignore[attr-defined]


class ConversationForm(ClosingForm):
    """A set of statements, and who answers them."""

    is_closed = forms.BooleanField(label=_("Closed: nobody answers any more"), required=False)

    class Meta:
        model = Conversation
        fields = ("title", "language", "roll")
        widgets = {"roll": Picks()}
        help_texts = {"roll": _("Everybody on this roll has one answer for each statement. It stays as it is once somebody has answered.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roll"].choices = Conversation.Roll.choices  # type: ignore[attr-defined]


class StatementForm(LabForm):
    """One sentence to agree or disagree with."""

    class Meta:
        model = Statement
        fields = ("title", "language", "credit")
        labels = {"credit": _("Name shown beside it")}
        help_texts = {
            "title": _("One thought, in plain words, that somebody can agree or disagree with. No names."),
            "credit": _("Leave it empty to show none."),
        }
        widgets = {"title": forms.Textarea({"rows": 2})}


class NotThroughForm(Form):
    """Why a statement is not let through, in words that its author reads."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Statement.NotFor.choices, widget=Picks())
    words = forms.CharField(
        label=_("Your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Nobody but the author and the team reads them."),
    )

    def clean(self) -> dict[str, Any]:
        """Something else needs to be said."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("reason") == Statement.NotFor.OTHER and not said.get("words"):
            self.add_error("words", _("Say why, in your own words."))
        return said


class BurstForm(Form):
    """Which burst of answers is set aside, and why, in words that everybody reads."""

    key = forms.ChoiceField(label=_("Which answers?"), widget=Picks())
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who reads the results reads this. Name nobody."),
    )

    def __init__(self, *args: Any, marked: Sequence[Marked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marked = marked
        self.fields["key"].choices = [(one.key, one.in_words) for one in marked]  # type: ignore[attr-defined]


class StatementEditForm(LabForm):
    """The same for the team, with the conversation it stands in and the stories it grew from."""

    conversation = Chosen(Conversation.objects.none(), label=_("Conversation"))
    forget = forms.BooleanField(label=_("Take the words before out of the log, too, since they point somebody out"), required=False)
    origins = forms.MultipleChoiceField(label=_("Stories it grew from"), required=False, widget=ManyPicks())

    class Meta:
        model = Statement
        fields = ("title", "language", "conversation")
        help_texts = {"title": StatementForm.Meta.help_texts["title"]}
        widgets = {"title": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conversations: Chosen = self.fields["conversation"]  # type: ignore[assignment]
        conversations.queryset = self.lab.conversations.order_by("-opened_at", "pk")
        stories = [one for one in shown(listed_stories(self.lab, reader=actor)[:100], reader=actor) if not one.is_stump]
        self.fields["origins"].choices = [(one.story.public_id, one.title) for one in stories]  # type: ignore[attr-defined]
        self.found = {one.story.public_id: one.story for one in stories}
        if self.instance.pk:
            self.initial["origins"] = list(self.instance.origins.values_list("story__public_id", flat=True))

    @property
    def stories(self) -> list[Any]:
        """The stories that were chosen."""
        return [self.found[public_id] for public_id in self.cleaned_data["origins"]]
