"""Calls, applications, reviews, decisions with their reasons, and reviews of the child's best interests."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced, at_most_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Call(Stateful, Sourced, LabOwned):
    """An invitation to apply for support: when, for how many, judged by which criteria."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", pgettext_lazy("state", "Open")
        JUDGING = "judging", _("Being judged")
        DECIDED = "decided", _("Decided")

    MOVES = {State.DRAFT: {State.OPEN}, State.OPEN: {State.JUDGING}, State.JUDGING: {State.DECIDED}}
    url_name = "selection:call"

    lab = LabKey(related_name="calls")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what can be applied for"), max_length=3000)
    language = LanguageField(_("language"), default="sv")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    places = models.PositiveSmallIntegerField(_("how many get support"), default=1, validators=[MinValueValidator(1)])
    is_blind = models.BooleanField(_("jurors do not see who applies"), default=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(name="call_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at")))]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_applications(self) -> bool:
        """Whether somebody can apply at this moment."""
        return self.state == self.State.OPEN and self.opens_at <= now() < self.closes_at


class Criterion(LabOwned):
    """What applications are judged by, with anchors for the lowest and the highest score."""

    lab = LabKey(related_name="criteria")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("criterion"), max_length=120)
    lowest = models.CharField(_("1 means"), max_length=200)
    highest = models.CharField(_("5 means"), max_length=200)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, validators=[MinValueValidator(1)])


class JurorSeat(LabOwned):
    """A juror of a call."""

    lab = LabKey(related_name="juror_seats")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="jurors")
    participation = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, related_name="juries")
    is_from_target_group = models.BooleanField(_("from the target group"), default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["call", "participation"], name="juror_once")]


class Application(Stateful, Sourced, LabOwned):
    """An application to a call: from a prototype, from an idea, or from outside the lab."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        TAKEN_BACK = "taken_back", _("Taken back")

    MOVES = {State.DRAFT: {State.SENT, State.TAKEN_BACK}, State.SENT: {State.TAKEN_BACK}}
    IS_SECRET = True  # who may not see it does not learn that it is there
    url_name = "selection:application"

    lab = LabKey(related_name="applications")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    prototype = models.ForeignKey("cocreation.Prototype", on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    idea = models.ForeignKey("cocreation.Idea", on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    applicant = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, related_name="applications")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what you want to do"), max_length=5000)
    change = models.TextField(_("what will be different, and for whom"), max_length=3000, blank=True)
    language = LanguageField(_("language"), default="sv")
    asks_minor = models.PositiveBigIntegerField(_("what you ask for"), default=0)
    currency = models.CharField(max_length=3, default="SEK")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="application_has_at_most_one_origin", condition=at_most_one("prototype", "idea")),
            CheckConstraint(name="application_sent_has_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class ConflictOfInterest(LabOwned):
    """A juror who may not judge an application, and why. Shuts the view, not only the vote."""

    lab = LabKey(related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    juror = models.ForeignKey(JurorSeat, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("why"), max_length=300)
    declared_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["application", "juror"], name="conflict_once")]


class Review(LabOwned):
    """What one juror thinks of one application. Others' reviews are hidden until one's own is sent."""

    IS_SECRET = True
    url_name = "selection:review"

    lab = LabKey(related_name="reviews")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    juror = models.ForeignKey(JurorSeat, on_delete=models.PROTECT, related_name="reviews")
    strengths = models.TextField(_("two strengths"), max_length=1500, blank=True)
    change = models.TextField(_("one thing to change"), max_length=1500, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["application", "juror"], name="review_once")]


class Score(LabOwned):
    """A review's score on one criterion, 1 to 5."""

    lab = LabKey(related_name="scores")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])

    class Meta:
        constraints = [
            UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            CheckConstraint(name="score_from_1_to_5", condition=Q(value__gte=1, value__lte=5)),
        ]


class BestInterests(LabOwned):
    """A review of the child's best interests, needed before a decision or a pilot that affects children."""

    url_name = "selection:best_interests"

    lab = LabKey(related_name="best_interests")
    title = models.CharField(_("what it is about"), max_length=160)
    who = models.TextField(_("who is affected"), max_length=2000)
    views = models.TextField(_("what the children themselves have said"), max_length=3000)
    evidence = models.TextField(_("what is known"), max_length=3000)
    weighing = models.TextField(_("how the interests were weighed"), max_length=3000)
    conclusion = models.TextField(_("conclusion and reason"), max_length=3000)
    feedback = models.TextField(_("how the children are told"), max_length=2000)
    follow_up_on = models.DateField(_("followed up on"))
    made_by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.title


class BestInterestsVoice(LabOwned):
    """A story heard in a review of the child's best interests."""

    lab = LabKey(related_name="best_interests_voices")
    best_interests = models.ForeignKey(BestInterests, on_delete=models.CASCADE, related_name="voices")
    story = models.ForeignKey("listening.Story", on_delete=models.PROTECT, related_name="heard_in")

    class Meta:
        constraints = [UniqueConstraint(fields=["best_interests", "story"], name="best_interests_voice_once")]


class Decision(Sourced, LabOwned):
    """What was decided about an application, with the reason, feedback and a way on. Bears the head of the audit chain."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("Selected")
        NOT_SELECTED = "not_selected", _("Not selected")

    url_name = "selection:decision"

    lab = LabKey(related_name="decisions")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    best_interests = models.ForeignKey(BestInterests, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome.choices)
    reason = models.TextField(_("reason"), max_length=3000)
    feedback = models.TextField(_("feedback to the applicant"), max_length=3000)
    way_on = models.TextField(_("a way on"), max_length=1000, blank=True)
    chain_head = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(
                name="decision_selected_weighed_best_interests",
                condition=~Q(outcome="selected") | Q(best_interests__isnull=False) | Q(source__isnull=False),
            ),
            CheckConstraint(name="decision_has_reason", condition=~Q(reason="")),
        ]
