"""Challenges that grow from insights, ideas that answer them, teams, prototypes with versions, and trials."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import Authored, LabKey, LabOwned, Sourced, at_most_one, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Challenge(Stateful, Sourced, LabOwned):
    """A question that begins "How might we", with somebody who owns the problem and says what they can decide."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", pgettext_lazy("state", "Open")
        CLOSED = "closed", _("Closed")

    MOVES = {State.DRAFT: {State.OPEN}, State.OPEN: {State.CLOSED}, State.CLOSED: {State.OPEN}}
    url_name = "cocreation:challenge"

    lab = LabKey(related_name="challenges")
    title = models.CharField(_("question"), max_length=200)
    summary = models.TextField(_("background"), max_length=3000, blank=True)
    language = LanguageField(_("language"), default="sv")
    owner = models.ForeignKey(
        "people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("problem owner")
    )
    promise = models.TextField(_("what the owner promises to decide"), max_length=1000, blank=True)
    promise_due_on = models.DateField(_("decided by"), null=True, blank=True)
    promise_kept_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(
                name="challenge_promise_has_owner_and_day", condition=Q(promise="") | Q(owner__isnull=False, promise_due_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title


class ChallengeInsight(LabOwned):
    """An insight that a challenge grew from."""

    lab = LabKey(related_name="challenge_insights")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="insight_links")
    insight = models.ForeignKey("understanding.Insight", on_delete=models.PROTECT, related_name="challenge_links")

    class Meta:
        constraints = [UniqueConstraint(fields=["challenge", "insight"], name="challenge_insight_once")]


class AskAgain(LabOwned):
    """A challenge that goes back to new stories: the prompt it asks with. A loop of the thread."""

    lab = LabKey(related_name="asked_again")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="asked_again")
    prompt = models.ForeignKey("listening.Prompt", on_delete=models.PROTECT, related_name="asked_by")
    asked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["challenge", "prompt"], name="ask_again_once")]


class Idea(Stateful, Sourced, Authored, LabOwned):
    """An answer to a challenge. Most are ways of working, roles or meetings; few are apps."""

    class Kind(models.TextChoices):
        WAY_OF_WORKING = "way_of_working", _("Way of working")
        ROLE = "role", _("Role")
        MEETING = "meeting", _("Meeting")
        CARD = "card", _("Card or paper")
        ACTIVITY = "activity", _("Activity")
        PEER_SUPPORT = "peer_support", _("Support from peers")
        SERVICE = "service", _("Service")
        SPACE = "space", _("Place or room")
        DIGITAL_SERVICE = "digital_service", _("Digital service")

    class State(models.TextChoices):
        SHARED = "shared", _("Shared")
        PROTOTYPED = "prototyped", _("Prototyped")
        SET_ASIDE = "set_aside", pgettext_lazy("state", "Set aside")

    MOVES = {
        State.SHARED: {State.PROTOTYPED, State.SET_ASIDE},
        State.PROTOTYPED: {State.SET_ASIDE},
        State.SET_ASIDE: {State.SHARED},
    }
    url_name = "cocreation:idea"

    lab = LabKey(related_name="ideas")
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("challenge")
    )
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what it is"), max_length=3000)
    language = LanguageField(_("language"), default="sv")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.WAY_OF_WORKING)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHARED)
    reason = models.CharField(_("why it was set aside"), max_length=400, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="idea_has_at_most_one_author", condition=at_most_one("by_pseudonym", "by_participation")),
            CheckConstraint(name="idea_set_aside_has_reason", condition=~Q(state="set_aside") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.title


class IdeaInsight(LabOwned):
    """An insight that an idea grew from, beside its challenge."""

    lab = LabKey(related_name="idea_insights")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="insight_links")
    insight = models.ForeignKey("understanding.Insight", on_delete=models.PROTECT, related_name="idea_links")

    class Meta:
        constraints = [UniqueConstraint(fields=["idea", "insight"], name="idea_insight_once")]


class Team(LabOwned):
    """Those who work on an idea together."""

    url_name = "cocreation:team"

    lab = LabKey(related_name="teams")
    name = models.CharField(_("name"), max_length=120)
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="teams")
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class TeamMember(LabOwned):
    """One of a team: a co-creator with a code, or a participant with a name."""

    lab = LabKey(related_name="team_members")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, blank=True, related_name="team_memberships")
    participation = models.ForeignKey(
        "labs.Participation", on_delete=models.PROTECT, null=True, blank=True, related_name="team_memberships"
    )
    credit = models.CharField(_("shown as"), max_length=120)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="team_member_is_one", condition=exactly_one("pseudonym", "participation")),
            UniqueConstraint(fields=["team", "pseudonym"], condition=Q(pseudonym__isnull=False), name="team_member_once_pseudonym"),
            UniqueConstraint(
                fields=["team", "participation"], condition=Q(participation__isnull=False), name="team_member_once_participation"
            ),
        ]


class Prototype(Stateful, Sourced, LabOwned):
    """An idea made so that it can be tried, with versions. Stopped is a result, with its reason."""

    class State(models.TextChoices):
        BUILDING = "building", _("Being built")
        TESTED = "tested", _("Tested")
        STOPPED = "stopped", _("Stopped")

    MOVES = {State.BUILDING: {State.TESTED, State.STOPPED}, State.TESTED: {State.BUILDING, State.STOPPED}, State.STOPPED: {State.BUILDING}}
    url_name = "cocreation:prototype"

    lab = LabKey(related_name="prototypes")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="prototypes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="prototypes")
    gathering = models.ForeignKey("labs.Gathering", on_delete=models.PROTECT, null=True, blank=True, related_name="prototypes")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what it is and what it tests"), max_length=3000)
    language = LanguageField(_("language"), default="sv")
    state = models.CharField(max_length=8, choices=State.choices, default=State.BUILDING)
    reason = models.CharField(_("why it was stopped"), max_length=400, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [CheckConstraint(name="prototype_stopped_has_reason", condition=~Q(state="stopped") | ~Q(reason=""))]

    def __str__(self) -> str:
        return self.title


class PrototypeVersion(LabOwned):
    """One version of a prototype: what changed, and perhaps a link to a film or a drawing."""

    lab = LabKey(related_name="prototype_versions")
    prototype = models.ForeignKey(Prototype, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField(_("what it looks like now and what changed"), max_length=3000)
    link = models.URLField(_("link"), blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["prototype", "number"], name="prototype_version_once")]


class Trial(LabOwned):
    """A trial of a version: what was believed, how we would know (said before), what happened, what was learnt."""

    class Result(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD_UP = "held_up", _("It held up")
        FELL = "fell", _("It did not hold up")
        UNCLEAR = "unclear", _("We can't tell")

    url_name = "cocreation:trial"

    lab = LabKey(related_name="trials")
    prototype = models.ForeignKey(Prototype, on_delete=models.PROTECT, related_name="trials")
    version = models.ForeignKey(PrototypeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="trials")
    hypothesis = models.CharField(_("we believe that"), max_length=300)
    pass_mark = models.CharField(_("it holds up if"), max_length=300)
    planned_on = models.DateField(_("day"))
    happened = models.TextField(_("what happened"), max_length=3000, blank=True)
    learnt = models.TextField(_("what we learnt"), max_length=3000, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, default=Result.PLANNED)
    people_count = models.PositiveSmallIntegerField(_("how many tried it"), null=True, blank=True)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(name="trial_with_result_says_what_happened", condition=Q(result="planned") | ~Q(happened=""))]
