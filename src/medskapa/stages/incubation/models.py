"""Support for those who were selected: dated events, goals and reports."""

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Support(Stateful, Sourced, LabOwned):
    """What a selected innovator gets, from when to when: salary funding, knowledge, network."""

    class State(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")
        STOPPED = "stopped", _("Stopped")

    MOVES = {State.AGREED: {State.RUNNING, State.STOPPED}, State.RUNNING: {State.ENDED, State.STOPPED}}
    url_name = "incubation:support"

    lab = LabKey(related_name="supports")
    decision = models.OneToOneField("selection.Decision", on_delete=models.PROTECT, related_name="support")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what is agreed"), max_length=3000)
    language = LanguageField(_("language"), default="sv")
    innovator = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, related_name="supports")
    coach = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, blank=True, related_name="coached_supports")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(max_length=7, choices=State.choices, default=State.AGREED)
    reason = models.CharField(_("why it was stopped"), max_length=400, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="support_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            CheckConstraint(name="support_stopped_has_reason", condition=~Q(state="stopped") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.title


class SupportEvent(Sourced, LabOwned):
    """Something given or done, with its day: who supports whom can change, so it is told in events."""

    class Kind(models.TextChoices):
        SALARY = "salary", _("Salary funding")
        KNOWLEDGE = "knowledge", _("Knowledge")
        NETWORK = "network", _("Network")
        CHANGE = "change", _("A change of the agreement")

    lab = LabKey(related_name="support_events")
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    what = models.CharField(_("what"), max_length=400)
    on = models.DateField(_("day"))
    amount_minor = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    currency = models.CharField(max_length=3, default="SEK")
    made_at = models.DateTimeField(default=now)


class Goal(LabOwned):
    """A goal in one of five capability areas, with a day. Late is not red: it asks what changed."""

    class Area(models.TextChoices):
        SOLUTION = "solution", _("A solution that works")
        FINANCE = "finance", _("Finances that last")
        TEAM = "team", _("Leadership and team")
        SCALING = "scaling", _("Reaching more people")
        SYSTEM = "system", _("Changing the system")

    url_name = "incubation:goal"

    lab = LabKey(related_name="goals")
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="goals")
    area = models.CharField(_("area"), max_length=8, choices=Area.choices)
    title = models.CharField(_("goal"), max_length=200)
    due_on = models.DateField(pgettext_lazy("deadline", "by"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    changed = models.CharField(_("what changed"), max_length=400, blank=True)


class Report(Stateful, LabOwned):
    """A short report by the innovator, and who read it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        READ = "read", _("Read")

    MOVES = {State.DRAFT: {State.SENT}, State.SENT: {State.READ}}
    url_name = "incubation:report"

    lab = LabKey(related_name="reports")
    support = models.ForeignKey(Support, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(_("period"), max_length=60)
    happened = models.TextField(_("what happened"), max_length=3000)
    next = models.TextField(_("what comes next"), max_length=2000)
    help_needed = models.TextField(_("what you need help with"), max_length=1000, blank=True)
    reached_count = models.PositiveIntegerField(_("how many you reached"), null=True, blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
