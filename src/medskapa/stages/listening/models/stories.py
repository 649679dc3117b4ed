"""What is asked, what a teller told, where they placed it, and the texts that are made of it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField

MOST = 2_000_000  # signs: more than one request brings. How long a telling can be is said by its forms; whoever told more can correct it


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


class Writer(models.TextChoices):
    """Who can write for a teller who does not write themselves: a kind, never a name."""

    INTERPRETER = "interpreter", _("An interpreter")
    FRIEND = "friend", _("A friend")
    FAMILY = "family", _("Somebody in the family")
    ORGANISATION = "organisation", _("Somebody at an organisation")
    LAB = "lab", _("Somebody who works in the lab")
    CARD = "card", _("Somebody in the lab, from a paper card")


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
    words = SealedText(_("your story"), max_length=MOST)
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
    writer = models.CharField(max_length=12, choices=Writer.choices, blank=True)  # who wrote it for its teller; nobody: they themselves
    partner = models.ForeignKey("listening.PartnerLink", on_delete=models.PROTECT, null=True, related_name="stories")  # by whom it came
    read_back_at = models.DateTimeField(null=True)  # to its teller, who said that these words are what they mean
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
            CheckConstraint(name="story_read_back_was_written", condition=Q(read_back_at__isnull=True) | ~Q(writer="")),
        ]

    @property
    def is_corrected(self) -> bool:
        """Whether its teller has put other words in the place of what they told first."""
        return self.edition > 1

    @property
    def is_to_be_read_back(self) -> bool:
        """Whether somebody wrote it for its teller, who has not yet said that these words are what they mean."""
        return bool(self.writer) and self.read_back_at is None

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
    words = SealedText(_("text"), max_length=MOST)  # under the story's key
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
    words = SealedText(max_length=MOST)
    language = LanguageField()  # the new words can be in another
    told_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
