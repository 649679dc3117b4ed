"""Stories and everything that keeps them safe; statements and the votes on them; messages between a teller and the lab."""

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import Authored, LabKey, LabOwned, at_most_one, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.people.roles import Role
from medskapa.ground.web.fields import LanguageField


class Reach(models.TextChoices):
    """How far words may go: one scale for the teller's consent and the lab's release, from near to far."""

    TEAM = "team", _("Only the people who work in the lab")
    LAB = "lab", _("Everyone in the lab, without names and places")
    REPORTS = "reports", _("Also in the lab's reports")
    PUBLIC = "public", _("Everybody, without a name")
    PUBLIC_NAMED = "public_named", _("Everybody, with a name I choose")


class Pictogram(models.TextChoices):
    """The pictures that can stand beside a question: each a sign of the design, and what it shows in words."""

    DAY = "day", _("A day: the sun over the ground")
    HOME = "home", _("A house")
    LETTER = "letter", _("A letter")
    MEETING = "meeting", _("Two people")
    PHONE = "phone", _("A phone")
    SCHOOL = "school", _("A book")
    TALK = "talk", _("Two people who talk")
    WAIT = "wait", _("A clock")
    WAY = "way", _("A signpost")
    WISH = "wish", _("A star")
    WORK = "work", _("A tool")
    HEART = "heart", _("A heart")


class Prompt(LabOwned):
    """A question that opens a story. Each may be skipped. Its texts in other languages are wordings."""

    url_name = "listening:prompt"

    lab = LabKey(related_name="prompts")
    title = models.CharField(_("question"), max_length=200)
    summary = models.CharField(_("help text"), max_length=400, blank=True)
    spoken = models.CharField(_("what is read aloud"), max_length=600, blank=True)  # nothing: the question itself
    picture = models.CharField(_("picture"), max_length=12, choices=Pictogram.choices, blank=True)
    language = LanguageField(_("language"), default="sv")
    order = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    closed_at = models.DateTimeField(null=True, blank=True)


class Scale(LabOwned):
    """Something that a teller says of their story by a mark: between two ends, or among three corners. Each may be skipped."""

    MOST = 6  # asked at the same time
    url_name = "listening:scale"

    lab = LabKey(related_name="scales")
    title = models.CharField(_("question"), max_length=120)
    first = models.CharField(_("one end"), max_length=60)
    second = models.CharField(_("the other end"), max_length=60)
    third = models.CharField(_("a third corner"), max_length=60, blank=True)  # with it, it is a triangle
    language = LanguageField(_("language"), default="sv")
    order = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_triangle(self) -> bool:
        """Whether it has three corners."""
        return bool(self.third)


class Story(Stateful, LabOwned):
    """What a storyteller told, in their own words. Translations hang beside it; nobody but the teller ever changes the words."""

    class State(models.TextChoices):
        TOLD = "told", _("Told")
        HELD = "held", _("Held")
        RELEASED = "released", _("Released")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        State.TOLD: {State.HELD, State.RELEASED, State.WITHDRAWN},
        State.HELD: {State.TOLD, State.RELEASED, State.WITHDRAWN},
        State.RELEASED: {State.TOLD, State.HELD, State.WITHDRAWN},
    }
    IS_SECRET = True
    url_name = "listening:story"

    class HeldFor(models.TextChoices):
        """Why a story waits, in words for its teller."""

        LOOK = "look", _("We want to read it once more, with more time.")
        ASK = "ask", _("We want to ask you something first. Look for a message from us here.")
        POINTS_OUT = "points_out", _("We want to be sure that nobody can tell that it is about you.")
        OTHERS = "others", _("It tells about somebody else, who has not been asked.")
        TRANSLATE = "translate", _("It waits for somebody who reads your language well.")
        SAFE = "safe", _("First we want to know that you are safe.")
        OUTSIDE = "outside", _("It is about something that this lab cannot work with. We keep it safe.")

    lab = LabKey(related_name="stories")
    teller = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, related_name="stories")
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, null=True, blank=True, related_name="stories")
    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, related_name="+")  # the story's own
    words = SealedText(_("your story"), max_length=20_000)
    title = SealedText(_("title"), max_length=120, null=True)  # the moderator's, neutral; under the story's key
    language = LanguageField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.TOLD)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.TEAM)  # how far it was released
    effective_at = models.DateTimeField(null=True)  # from when title, reach and texts count; null while a second person is asked
    title_before = SealedText(_("title before"), max_length=120, null=True)  # what counts until then; nothing at a first release
    reach_before = models.CharField(max_length=12, choices=Reach.choices, blank=True)
    proposed_by = models.CharField(max_length=40, blank=True)  # who let it go, while a second person is asked
    held_for = models.CharField(max_length=10, choices=HeldFor.choices, blank=True)
    kept_from = models.JSONField(default=list)  # kinds of organisation that never read it
    told_at = models.DateTimeField(default=now)
    edition = models.PositiveIntegerField(default=1)  # of the words: one more each time their teller corrects them
    corrected_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    is_let_go = models.BooleanField(default=False)  # its time was over; its teller did not take it back
    wants_interpreter = models.BooleanField(default=False)
    waits_since = models.DateTimeField(null=True)  # for an adult who speaks for its teller; until then nobody in the lab reads it

    class Meta:
        constraints = [
            CheckConstraint(
                name="story_released_has_time",
                condition=~Q(state="released") | ~Q(proposed_by="") | Q(released_at__isnull=False, effective_at__isnull=False),
            ),
            CheckConstraint(name="story_withdrawn_has_time", condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False)),
            CheckConstraint(
                name="story_corrected_has_time",
                condition=Q(edition=1, corrected_at__isnull=True) | Q(edition__gt=1, corrected_at__isnull=False),
            ),
        ]

    @property
    def is_corrected(self) -> bool:
        """Whether its teller has put other words in the place of what they told first."""
        return self.edition > 1

    @property
    def is_going_out(self) -> bool:
        """Whether it was let go, but what was let go does not count yet: it can still be undone."""
        return self.state == self.State.RELEASED and (self.effective_at is None or self.effective_at > now())

    @property
    def is_out(self) -> bool:
        """Whether others read it now, in its latest words or in those before."""
        return self.state == self.State.RELEASED and (bool(self.reach_before) or not self.is_going_out)


class Version(LabOwned):
    """A text made of a story. *Released*: without what points somebody out, in one of several languages; this is what others read.
    *Translation*: of the original, for those who moderate; it may still name people, and nobody else reads it. *Draft*: one that
    its interpreter has not finished. *Transcript*: what is said in the recording, in the story's own language, likewise for those
    who moderate.
    """

    IS_SECRET = True

    class Kind(models.TextChoices):
        RELEASED = "released", _("Without names and places")
        TRANSLATION = "translation", _("Translation")
        DRAFT = "draft", _("Draft of a translation")
        TRANSCRIPT = "transcript", _("What is said in the recording")

    lab = LabKey(related_name="versions")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    language = LanguageField(_("language"))
    words = SealedText(_("text"), max_length=20_000)  # under the story's key
    made_by = models.CharField(_("by"), max_length=120)  # the interpreter's or moderator's name, or "machine"
    made_at = models.DateTimeField(default=now)
    by = models.CharField(max_length=40, blank=True)  # who wrote it, as the chain names them; nobody reads their own as the second
    checked_by = models.CharField(_("read by"), max_length=120, blank=True)  # a translation's second reader; who says a transcript is whole
    effective_at = models.DateTimeField(null=True)  # a released text counts from then
    replaced_at = models.DateTimeField(null=True)  # and until then, since another was let go in its place

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["story", "kind", "language"],
                condition=Q(effective_at__isnull=False, replaced_at__isnull=True),
                name="version_counts_once",
            ),
            UniqueConstraint(fields=["story", "kind", "language"], condition=Q(effective_at__isnull=True), name="version_waits_once"),
        ]


class Mark(LabOwned):
    """Where a teller placed their story on a scale: how much of each end, in twelfths of the whole. It leaves with the story."""

    WHOLE = 12
    IS_SECRET = True

    lab = LabKey(related_name="marks")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="marks")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="marks")
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    third = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            CheckConstraint(name="mark_shares_make_the_whole", condition=Q(first=12 - F("second") - F("third"))),
            UniqueConstraint(fields=["story", "scale"], name="mark_once"),
        ]


class DeskRules(LabOwned):
    """What a lab has decided for its desk: when two people let a story or a statement go, and whether two read a translation."""

    class Two(models.TextChoices):
        PUBLIC = "public", _("Two for what everybody may read, once the lab has two moderators")
        ALWAYS = "always", _("Two for every story")
        NEVER = "never", _("One is enough")

    class Pair(models.TextChoices):
        """When two people let a statement through: all who answer read it, so two is the rule where there are two."""

        MODERATORS = "moderators", _("Two, once the lab has two moderators")
        ALWAYS = "always", _("Two for every statement")
        NEVER = "never", _("One is enough")

    lab = LabKey(related_name="desk_rules")
    release = models.CharField(_("How many let a story go?"), max_length=6, choices=Two.choices, default=Two.PUBLIC)
    statements = models.CharField(_("How many let a statement through?"), max_length=10, choices=Pair.choices, default=Pair.MODERATORS)
    adult_below = models.PositiveSmallIntegerField(
        _("Below which age must an adult agree?"), choices=[(13, _("Below 13")), (16, _("Below 16")), (18, _("Below 18"))], default=13
    )
    has_second_reader = models.BooleanField(_("A second interpreter reads every translation"), default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["lab"], name="desk_rules_once")]


class Picture(LabOwned):
    """A picture that belongs to a story: drawn anew when it came in, sealed in pieces under the story's key. It leaves with the story.

    As it is only its teller and those who moderate see it; others see a ``Cover`` of it.
    """

    MOST = 3  # of one telling
    COLUMNS, MOST_ROWS = 12, 24  # of the fields that can be covered; one is wide enough for a thumb on a phone
    IS_SECRET = True
    IS_LARGE = True

    lab = LabKey(related_name="pictures")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="pictures")
    sealed = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=now)

    @property
    def rows(self) -> int:
        """How many rows of fields make them about as high as they are wide."""
        return max(1, min(self.MOST_ROWS, round(self.COLUMNS * self.height / self.width)))


class Cover(LabOwned):
    """What others see in the place of a picture, once somebody has looked at it: drawn anew with the fields that show a face or writing
    under one flat colour; no field, if there was nothing to cover. It goes out with a release of the story, and leaves with the story.
    """

    IS_SECRET = True
    IS_LARGE = True

    lab = LabKey(related_name="covers")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="covers")
    sealed = models.BinaryField()  # in pieces under the story's key
    cells = models.JSONField(default=list)  # the covered fields, counted row by row
    shows = SealedText(_("what can be seen"), max_length=200)  # for who cannot see it, in the lab's language; under the story's key
    by = models.CharField(max_length=40)  # who looked at it, as the chain names them
    made_at = models.DateTimeField(default=now)
    goes_along = models.BooleanField(default=True)  # whether it is part of what was let go last
    effective_at = models.DateTimeField(null=True)  # others see it from then
    replaced_at = models.DateTimeField(null=True)  # and until then

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["picture"], condition=Q(effective_at__isnull=False, replaced_at__isnull=True), name="cover_counts_once"
            ),
            UniqueConstraint(fields=["picture"], condition=Q(effective_at__isnull=True), name="cover_waits_once"),
        ]


class Recording(LabOwned):
    """A teller's voice: written anew when it came in, sealed in pieces under the story's key. It is never released: what is said in it
    is written down, and then it goes unless the teller wants it kept. It leaves with the story.
    """

    IS_SECRET = True
    IS_LARGE = True

    lab = LabKey(related_name="recordings")
    story = models.OneToOneField(Story, on_delete=models.PROTECT, related_name="recording")
    sealed = models.BinaryField()
    seconds = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=now)

    @property
    def length(self) -> str:
        """As a clock says it: ``2:07``."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


class Addition(LabOwned):
    """What the teller added later. Moderated with the story; under the story's key."""

    IS_SECRET = True

    lab = LabKey(related_name="additions")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="additions")
    words = SealedText(_("what you want to add"), max_length=20_000)
    told_at = models.DateTimeField(default=now)
    released_at = models.DateTimeField(null=True)


class EarlierWords(LabOwned):
    """What a teller had written, said or added before they corrected it. Nobody else reads it; under the story's key."""

    IS_SECRET = True

    lab = LabKey(related_name="earlier_words")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="earlier")
    words = SealedText(max_length=20_000)
    told_at = models.DateTimeField()
    replaced_at = models.DateTimeField()


class Consent(LabOwned):
    """A yes of a teller, as a history: what for, how far, who gave it, from when to when."""

    class Purpose(models.TextChoices):
        RELEASE = "release", _("That others read it")
        RECORDING = "recording", _("That the recording is kept")
        RESEARCH = "research", _("That researchers may use it")
        CONTACT = "contact", _("That the lab contacts me")

    class GivenBy(models.TextChoices):
        TELLER = "teller", _("The young person")
        REPRESENTATIVE = "representative", _("Their representative")

    lab = LabKey(related_name="consents")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="consents")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    level = models.CharField(max_length=12, choices=Reach.choices, blank=True)
    given_by = models.CharField(max_length=14, choices=GivenBy.choices, default=GivenBy.TELLER)
    representative = models.ForeignKey("safeguarding.Representative", on_delete=models.PROTECT, null=True, related_name="+")
    kept_from = models.JSONField(default=list)  # kinds of organisation that never read it, as it was said then
    valid_from = models.DateTimeField(default=now)
    valid_to = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(name="consent_for_story_or_person", condition=exactly_one("story", "pseudonym")),
            CheckConstraint(name="consent_release_has_level", condition=~Q(purpose="release") | ~Q(level="")),
            CheckConstraint(
                name="consent_by_representative_names_them", condition=~Q(given_by="representative") | Q(representative__isnull=False)
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return self.valid_to is not None and self.valid_to <= now()

    @property
    def ends_at(self) -> datetime | None:
        """Until when it counted, or counts; None while no end is in sight."""
        return min((end for end in (self.valid_to, self.withdrawn_at) if end), default=None)


class AdultCode(LabOwned):
    """A one-time code that a teller hands to the adult who speaks for them by law. A new one voids those before."""

    IS_SECRET = True

    lab = LabKey(related_name="adult_codes")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, related_name="adult_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Crossing(LabOwned):
    """A released version that crossed to an authority: which, by whom, when, and the hash of what crossed."""

    lab = LabKey(related_name="crossings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="crossings")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    hash = models.CharField(max_length=64)
    replaced_at = models.DateTimeField(null=True)  # since the version was reworded: the new words have not crossed

    class Meta:
        constraints = [UniqueConstraint(fields=["version", "organisation"], condition=Q(replaced_at__isnull=True), name="crossing_once")]


class Message(LabOwned):
    """A personal word between a teller and the lab. The first one from the lab to a story is its answer."""

    IS_SECRET = True

    lab = LabKey(related_name="messages")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, related_name="messages")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="messages")
    words = SealedText(_("message"), max_length=5000)  # under the pseudonym's key
    language = LanguageField(_("language"))
    from_lab = models.BooleanField()
    author = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(name="message_from_lab_has_author", condition=Q(from_lab=False) | Q(author__isnull=False))]


class Beginning(LabOwned):
    """A text of the lab's own with which its answers can begin. In other languages it is a wording; no message notes that it began so."""

    lab = LabKey(related_name="beginnings")
    title = models.CharField(_("what it is for"), max_length=120)
    text = models.CharField(_("text"), max_length=2000)
    language = LanguageField(_("language"), default="sv")
    closed_at = models.DateTimeField(null=True, blank=True)


class StoryConcern(LabOwned):
    """The story in which somebody saw a concern."""

    lab = LabKey(related_name="story_concerns")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="concerns")
    concern = models.OneToOneField("safeguarding.Concern", on_delete=models.CASCADE, related_name="about_story")  # no life of its own


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
    """That a statement was let through, or not and why: what its author reads, and the log of who decided what. Never changed."""

    lab = LabKey(related_name="statement_decisions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
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
