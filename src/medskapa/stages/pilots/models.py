"""Pilots that a named unit in a municipality owns, what they are measured by, and where they spread."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Pilot(Stateful, Sourced, LabOwned):
    """A prototype made real in a municipality: who owns it, who leads it, for how long, and what happens if it works."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        KEPT = "kept", _("Kept")
        STOPPED = "stopped", _("Stopped")

    MOVES = {State.PLANNED: {State.RUNNING, State.STOPPED}, State.RUNNING: {State.KEPT, State.STOPPED}, State.KEPT: {State.STOPPED}}
    url_name = "pilots:pilot"

    lab = LabKey(related_name="pilots")
    support = models.ForeignKey("incubation.Support", on_delete=models.PROTECT, null=True, blank=True, related_name="pilots")
    decision = models.ForeignKey("selection.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="pilots")
    best_interests = models.ForeignKey("selection.BestInterests", on_delete=models.PROTECT, null=True, blank=True, related_name="pilots")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what is tried"), max_length=3000)
    language = LanguageField(_("language"), default="sv")
    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="pilots", verbose_name=_("municipality"))
    owner = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="pilots", verbose_name=_("unit that owns it"))
    lead = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, blank=True, related_name="led_pilots")
    budget_minor = models.PositiveBigIntegerField(_("budget"), null=True, blank=True)
    currency = models.CharField(max_length=3, default="SEK")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    stop_rule = models.TextField(_("we stop if"), max_length=1000)
    if_it_works = models.TextField(_("if it works"), max_length=1000)
    diary_number = models.CharField(_("diary number"), max_length=60, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="pilot_from_support_or_decision", condition=exactly_one("support", "decision")),
            CheckConstraint(name="pilot_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            CheckConstraint(name="pilot_judged_has_reason", condition=~Q(state__in=["kept", "stopped"]) | ~Q(reason="")),
            CheckConstraint(
                name="pilot_weighed_best_interests",
                condition=Q(state="planned") | Q(best_interests__isnull=False) | Q(source__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PilotIndicator(LabOwned):
    """What a pilot is measured by, and the value it aims at."""

    lab = LabKey(related_name="pilot_indicators")
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey("outcomes.Indicator", on_delete=models.PROTECT, related_name="pilot_links")
    target = models.DecimalField(_("aim"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["pilot", "indicator"], name="pilot_indicator_once")]


class NextChallenge(LabOwned):
    """A challenge that a pilot gave, often a stopped one. A loop of the thread."""

    lab = LabKey(related_name="next_challenges")
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="next_challenges")
    challenge = models.ForeignKey("cocreation.Challenge", on_delete=models.PROTECT, related_name="given_by_pilots")

    class Meta:
        constraints = [UniqueConstraint(fields=["pilot", "challenge"], name="next_challenge_once")]


class Adoption(Stateful, Sourced, LabOwned):
    """Another municipality that takes a pilot on."""

    class State(models.TextChoices):
        CONSIDERING = "considering", _("Considering")
        DECIDED = "decided", _("Decided")
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")

    MOVES = {
        State.CONSIDERING: {State.DECIDED, State.STOPPED},
        State.DECIDED: {State.RUNNING, State.STOPPED},
        State.RUNNING: {State.STOPPED},
    }
    url_name = "pilots:adoption"

    lab = LabKey(related_name="adoptions")
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="adoptions")
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, related_name="adoptions", verbose_name=_("municipality")
    )
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    state = models.CharField(max_length=11, choices=State.choices, default=State.CONSIDERING)
    since = models.DateField(_("since"))
    note = models.TextField(_("what they do in their own way"), max_length=2000, blank=True)
    reason = models.CharField(_("why it was stopped"), max_length=400, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["pilot", "municipality"], name="adoption_once"),
            CheckConstraint(name="adoption_stopped_has_reason", condition=~Q(state="stopped") | ~Q(reason="")),
        ]
