"""Insights, and the evidence each of them carries: quotes of stories and answers to statements."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Insight(Stateful, Sourced, LabOwned):
    """What the lab has understood, in its own words. Confirmed from three tellers, public from five."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")
        PUBLIC = "public", _("Public")
        SET_ASIDE = "set_aside", pgettext_lazy("state", "Set aside")

    MOVES = {
        State.DRAFT: {State.CONFIRMED, State.SET_ASIDE},
        State.CONFIRMED: {State.PUBLIC, State.DRAFT, State.SET_ASIDE},
        State.PUBLIC: {State.CONFIRMED, State.SET_ASIDE},
        State.SET_ASIDE: {State.DRAFT},
    }
    url_name = "understanding:insight"

    lab = LabKey(related_name="insights")
    title = models.CharField(_("the insight in one sentence"), max_length=200)
    summary = models.TextField(_("what it means"), max_length=3000, blank=True)
    language = LanguageField(_("language"), default="sv")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="insight_confirmed_has_time", condition=~Q(state__in=["confirmed", "public"]) | Q(confirmed_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(LabOwned):
    """What an insight rests on: one quote of a story, or the answers to one statement."""

    class Side(models.TextChoices):
        FOR = "for", _("Speaks for it")
        AGAINST = "against", _("Speaks against it")

    lab = LabKey(related_name="evidence")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="evidence")
    story = models.ForeignKey("listening.Story", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    statement = models.ForeignKey("listening.Statement", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    side = models.CharField(_("side"), max_length=7, choices=Side.choices, default=Side.FOR)
    quote = SealedText(_("quote"), max_length=2000, null=True)  # under the story's key: gone when the story is withdrawn or corrected
    quote_language = LanguageField(blank=True)
    texts = models.ManyToManyField("listening.Version", related_name="+")  # texts for others, of before, now or soon, that hold the quote
    note = models.CharField(_("why it counts"), max_length=400, blank=True)
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="evidence_from_story_or_statement", condition=exactly_one("story", "statement")),
            CheckConstraint(name="evidence_quote_needs_story", condition=Q(quote__isnull=True) | Q(story__isnull=False)),
            UniqueConstraint(fields=["insight", "statement"], condition=Q(statement__isnull=False), name="evidence_statement_once"),
        ]
