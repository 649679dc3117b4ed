"""Concerns for a child, identities behind lock, and representatives. Only the officer's post opens them."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.safeguarding.clocks import soon
from medskapa.ground.safeguarding.speaking import SpeaksAs
from medskapa.ground.web.fields import LanguageField

LONGEST = 100_000  # signs of a concern with all that is copied into it


class Post(LabOwned):
    """The safeguarding officer's post in a lab. It owns the key, so that it passes on with the post and not with a person."""

    lab = models.OneToOneField("labs.Lab", on_delete=models.PROTECT, related_name="safeguarding_post")
    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, related_name="+")


class Step(models.TextChoices):
    """What an officer does about a concern, in the order in which it mostly comes."""

    ASSESS = "assess", _("Assessment")
    TALK = "talk", _("Talk")
    REPORT = "report", _("Report to the social services")
    FOLLOW_UP = "follow_up", _("Follow-up")
    CLOSE = "close", _("Closing")
    NOTE = "note", _("Something else")


class Concern(Stateful, LabOwned):
    """Somebody worries that a child is at risk, or words did. Read by the officer and the deputy only, off the public thread."""

    class State(models.TextChoices):
        RAISED = "raised", _("Raised")
        TAKEN = "taken", _("Taken on")
        CLOSED = "closed", _("Closed")

    class Urgency(models.IntegerChoices):
        UNKNOWN = 0, _("Not assessed yet")  # it may be the worst of all, and comes first
        DANGER = 1, _("In danger now")
        TODAY = 2, _("Act today")
        DAYS = 3, _("Can wait some days")

    MOVES = {State.RAISED: {State.TAKEN}, State.TAKEN: {State.CLOSED}, State.CLOSED: {State.TAKEN}}
    IS_SECRET = True
    url_name = "safeguarding:concern"

    lab = LabKey(related_name="concerns")
    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, related_name="+")  # the post's
    worry = SealedText(_("what worries you"), max_length=LONGEST)  # with a copy of the words in which it was seen
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, related_name="+")  # in whose words it was seen
    raised_by = models.CharField(max_length=40)  # opaque id of an actor
    is_by_words = models.BooleanField(default=False)  # raised by words that worry, before anybody had read them
    state = models.CharField(max_length=6, choices=State.choices, default=State.RAISED)
    raised_at = models.DateTimeField(default=now)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.UNKNOWN)
    next_step = models.CharField(max_length=9, choices=Step.choices, default=Step.ASSESS)
    due_at = models.DateTimeField(default=soon)


class ConcernStep(LabOwned):
    """What was done about a concern, when and by whom. Only added to."""

    lab = LabKey(related_name="concern_steps")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=Step.choices, default=Step.NOTE)
    reported_to = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, null=True, related_name="+")
    done = SealedText(_("what was done"), max_length=5000)  # under the post's key
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="step_report_names_municipality", condition=~Q(kind="report") | Q(reported_to__isnull=False)),
        ]


class Alarm(LabOwned):
    """That somebody was mailed about a concern which nobody had taken on. The mail says nothing of it."""

    lab = LabKey(related_name="alarms")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="alarms")
    round = models.PositiveSmallIntegerField()  # 0 when it was raised, then one each two hours; the last that this mail stands for
    to = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, related_name="+")
    was_sent = models.BooleanField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["concern", "round", "to"], name="alarm_once")]


class Rehearsal(LabOwned):
    """A test mail of the alarm: to whom, whether it went out, and when its link was opened."""

    lab = LabKey(related_name="rehearsals")
    to = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    was_sent = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True)


class WorryWords(LabOwned):
    """The expressions of one language that raise a concern by themselves, where a lab's officer changed the usual list."""

    lab = LabKey(related_name="worry_words")
    language = LanguageField()
    words = models.TextField(blank=True)  # one a line
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["lab", "language"], name="worry_words_once")]


class LockedIdentity(LabOwned):
    """Who a pseudonym is, if somebody has to know. Opened by the officer with a reason, and the opening is logged."""

    IS_SECRET = True

    lab = LabKey(related_name="locked_identities")
    pseudonym = models.OneToOneField("labs.Pseudonym", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, related_name="+")  # the post's
    who = SealedText(_("name and how to reach them"), max_length=1000)
    made_at = models.DateTimeField(default=now)


class IdentityOpening(LabOwned):
    """That a locked identity was opened, when, by whom and why. The reason is written before anything is shown."""

    lab = LabKey(related_name="identity_openings")
    identity = models.ForeignKey(LockedIdentity, on_delete=models.PROTECT, related_name="openings")
    reason = SealedText(_("why you have to know"), max_length=1000)  # under the post's key
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)


class Period(LabOwned):
    """How many days a lab keeps a kind of record, where it said something else than what is usual."""

    lab = LabKey(related_name="periods")
    kind = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["lab", "kind"], name="period_once"),
            CheckConstraint(name="period_is_a_day_to_ten_years", condition=Q(days__gte=1, days__lte=3650)),
        ]


class Shortening(LabOwned):
    """That somebody asked to keep a kind of record for a shorter time. It counts once somebody else has said yes, and is gone then."""

    lab = LabKey(related_name="shortenings")
    kind = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["lab", "kind"], name="shortening_once"),
            CheckConstraint(name="shortening_is_a_day_to_ten_years", condition=Q(days__gte=1, days__lte=3650)),
        ]


class Representative(LabOwned):
    """The type of person who speaks for a young person by law, with dates; the name only in the locked identity.

    When the identity goes, so do type and municipality. The dates stay if a consent rests on them.
    """

    IS_SECRET = True

    Type = SpeaksAs

    lab = LabKey(related_name="representatives")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, related_name="+")
    type = models.CharField(_("who speaks for them"), max_length=20, choices=Type.choices)
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="representative_ends_after_start", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")))
        ]
