"""Statements, who decided about them, and how people answered."""

from hashlib import sha256

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import Authored, LabKey, LabOwned, at_most_one, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.people.roles import Role
from medskapa.ground.web.fields import LanguageField
from medskapa.stages.listening.models.stories import Story


class Conversation(LabOwned):
    """A set of statements that people answer, and the one roll whose entries vote: pseudonyms or participations."""

    class Roll(models.TextChoices):
        PSEUDONYMS = "pseudonyms", _("Co-creators with a code")
        PARTICIPATIONS = "participations", _("People with a name in the lab")

    url_name = "listening:conversation"

    lab = LabKey(related_name="conversations")
    title = models.CharField(_("name"), max_length=120)
    language = LanguageField(_("language"), default="sv")
    roll = models.CharField(_("who answers"), max_length=14, choices=Roll.choices, default=Roll.PSEUDONYMS)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Statement(Stateful, Authored, LabOwned):
    """One sentence to agree or disagree with, in the lab's own wording; it quotes nobody."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        FIRST_YES = "first_yes", _("Waits for a second person")
        OPEN = "open", pgettext_lazy("state", "Open")
        SET_ASIDE = "set_aside", pgettext_lazy("state", "Set aside")

    class NotFor(models.TextChoices):
        """Why a statement is not let through, in words for whoever suggested it."""

        TWO = "two", _("It says two things. One thought at a time can be answered.")
        UNCLEAR = "unclear", _("It is hard to understand. Please say it in other words.")
        SAID = "said", _("Another statement says nearly the same.")
        POINTS_OUT = "points_out", _("It names or points out somebody.")
        HURTS = "hurts", _("It could hurt somebody.")
        OUTSIDE = "outside", _("It is about something that this lab cannot work with.")
        OTHER = "other", _("Something else, in our own words:")

    MOVES = {
        State.SUGGESTED: {State.FIRST_YES, State.OPEN, State.SET_ASIDE},
        State.FIRST_YES: {State.SUGGESTED, State.OPEN, State.SET_ASIDE},  # suggested anew: somebody changed its words
        State.OPEN: {State.SUGGESTED, State.SET_ASIDE},
        State.SET_ASIDE: {State.FIRST_YES, State.OPEN},
    }
    UNDECIDED = (State.SUGGESTED, State.FIRST_YES)
    url_name = "listening:statement"

    lab = LabKey(related_name="statements")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="statements")
    title = models.CharField(_("statement"), max_length=200)
    language = LanguageField(_("language"), default="sv")
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUGGESTED)
    made_at = models.DateTimeField(default=now)
    first_by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")  # who said the first yes
    first_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="statement_has_at_most_one_author", condition=at_most_one("by_pseudonym", "by_participation")),
            CheckConstraint(
                name="statement_first_yes_says_whose",
                condition=Q(state="first_yes", first_by__isnull=False, first_at__isnull=False)
                | ~Q(state="first_yes") & Q(first_by__isnull=True, first_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words_id(self) -> str:
        """Tells the words that somebody read, and their language, from those that stand there later."""
        return sha256(f"{self.language} {self.title}".encode()).hexdigest()


class StatementDecision(LabOwned):
    """That a statement was let through, or not and why: what its author reads, and the log of who decided what. Never changed.

    It holds the words that were decided about, since a statement can be worded anew afterwards; none where they were taken out.
    """

    lab = LabKey(related_name="statement_decisions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    title = models.CharField(max_length=200, blank=True)
    language = LanguageField(blank=True)
    state = models.CharField(max_length=9, choices=Statement.State.choices)
    reason = models.CharField(max_length=10, choices=Statement.NotFor.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)  # the team's own, beside the reason
    by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")  # nobody: the demo
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="statement_set_aside_has_reason", condition=~Q(state="set_aside") | ~Q(reason="")),
            CheckConstraint(name="statement_other_reason_has_words", condition=~Q(reason="other") | ~Q(words="")),
        ]

    @property
    def is_reworded_since(self) -> bool:
        """Whether the statement says something else now, as far as it is known."""
        return self.title != "" and (self.title, self.language) != (self.statement.title, self.statement.language)


class StatementOrigin(LabOwned):
    """A story that a statement grew from."""

    lab = LabKey(related_name="statement_origins")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="origins")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="statements")

    class Meta:
        constraints = [UniqueConstraint(fields=["statement", "story"], name="statement_origin_once")]


class AnswersSetAside(LabOwned):
    """That answers which came in a burst count no more: how many, why, in which role it was decided. Taken back, it still stands here."""

    lab = LabKey(related_name="answers_set_aside")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="asides")
    why = models.CharField(max_length=300)
    people_count = models.PositiveIntegerField()
    answers_count = models.PositiveIntegerField()
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)  # none: the demo
    by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    restored_at = models.DateTimeField(null=True)
    restored_role = models.CharField(max_length=24, choices=Role.choices, blank=True)

    class Meta:
        constraints = [CheckConstraint(name="answers_set_aside_says_why", condition=~Q(why=""))]


class Vote(LabOwned):
    """One answer to one statement by one entry of the conversation's roll. It counts unless it was set ``aside``."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("Agree")
        PASS = 0, _("Pass")
        DISAGREE = -1, _("Disagree")

    lab = LabKey(related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, related_name="votes")
    participation = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="votes")
    value = models.SmallIntegerField(choices=Value.choices)
    at = models.DateTimeField(default=now)
    aside = models.ForeignKey(AnswersSetAside, on_delete=models.PROTECT, null=True, related_name="votes")

    class Meta:
        constraints = [
            CheckConstraint(name="vote_by_one", condition=exactly_one("pseudonym", "participation")),
            CheckConstraint(name="vote_is_agree_pass_or_disagree", condition=Q(value__in=[-1, 0, 1])),
            UniqueConstraint(fields=["statement", "pseudonym"], condition=Q(pseudonym__isnull=False), name="vote_once_pseudonym"),
            UniqueConstraint(
                fields=["statement", "participation"], condition=Q(participation__isnull=False), name="vote_once_participation"
            ),
        ]

    @classmethod
    def counted(cls, conversation: Conversation | int) -> models.QuerySet["Vote"]:
        """The answers of a conversation that count."""
        return cls.objects.filter(statement__conversation=conversation, aside__isnull=True)
