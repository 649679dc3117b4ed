"""What is typed in a decision and in a review of the child's best interests."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.choices import Chosen, LabForm
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.web.forms import ManyPicks, Picks
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.visibility import TITLES, title_now
from medskapa.stages.selection.models import BestInterests, Decision


class DecisionForm(LabForm):
    """A decision with its reason, feedback and a way on."""

    best_interests = Chosen(
        label=_("Review of the child's best interests"),
        required=False,
        help_text=_("Needed for what is selected: it says how the decision touches children, and what they have said themselves."),
    )

    class Meta:
        model = Decision
        fields = ["outcome", "reason", "feedback", "way_on", "best_interests"]
        labels = {
            "outcome": _("Decision"),
            "reason": _("Why?"),
            "feedback": _("Feedback to the applicant"),
            "way_on": _("A way on"),
        }
        help_texts = {
            "reason": _("Applicants and those who told their stories read this. Write so that they understand."),
            "feedback": _("Only the applicant reads this: what was strong, and one thing to change."),
            "way_on": _("Where the work can go now: another call, a partner, one more test."),
        }
        widgets = {
            "outcome": Picks,
            "reason": forms.Textarea(attrs={"rows": 4}),
            "feedback": forms.Textarea(attrs={"rows": 4}),
            "way_on": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = Decision.Outcome.choices
        chosen: Any = self.fields["best_interests"]
        chosen.queryset = self.lab.best_interests.order_by("-made_at", "-pk")

    def clean(self) -> Any:
        """What is selected needs a review of the child's best interests."""
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("outcome") == Decision.Outcome.SELECTED
            and not cleaned.get("best_interests")
            and "best_interests" not in self.errors
        ):
            self.add_error("best_interests", _("Choose the review, or write one first."))
        return cleaned


class StoriesHeard(forms.ModelMultipleChoiceField):
    """Stories by their moderators' titles, which are opened for the whole list at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Story.objects.none(), **{"to_field_name": "public_id", "required": False, "widget": ManyPicks, **kwargs})

    def offer(self, stories: QuerySet[Story]) -> None:
        """Offer these stories."""
        self.queryset = stories
        opened = unseal(stories.order_by("-released_at", "-pk"), only=TITLES)
        self.choices = [(story.public_id, title_now(story) or _("A story")) for story in opened]


class BestInterestsForm(LabForm):
    """The seven questions of a review of the child's best interests, and which stories were heard."""

    stories = StoriesHeard(label=_("Stories that were heard"), help_text=_("Only their number is shown to others."))

    class Meta:
        model = BestInterests
        fields = ["title", "who", "views", "stories", "evidence", "weighing", "conclusion", "feedback", "follow_up_on"]
        labels = {
            "title": _("What is it about?"),
            "who": _("Which children are affected, and how?"),
            "views": _("What have the children themselves said?"),
            "evidence": _("What is known?"),
            "weighing": _("How were the interests weighed?"),
            "conclusion": _("Conclusion, and why"),
            "feedback": _("How and when are the children told?"),
            "follow_up_on": _("Looked at again on"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("who", "views", "evidence", "weighing", "conclusion", "feedback")}
        help_texts = {
            "who": _("Also children who are touched only indirectly."),
            "evidence": _("What is known from research and from practice, and what is not known."),
            "weighing": _("Which interests stand against each other, and which weighs most."),
        }

    def __init__(self, *args: Any, stories: QuerySet[Story], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heard: Any = self.fields["stories"]
        heard.offer(stories)
        if self.instance.pk:
            self.initial["stories"] = list(self.instance.voices.values_list("story__public_id", flat=True))
