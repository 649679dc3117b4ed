"""What a lab decides for its desk and whom it wants to hear from, and what goes between a story, its teller and others."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.labs.models import AgeBand
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.web.fields import LanguageField
from medskapa.ground.web.languages import own_name
from medskapa.stages.listening.models.stories import Story, Version


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


class TargetGroup(LabOwned):
    """How many people of one language, or of one age, a lab wants to hear; by what tellers are asked, so never by where they live."""

    lab = LabKey(related_name="target_groups")
    language = LanguageField(blank=True)
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, blank=True)
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            CheckConstraint(name="target_group_has_language_or_age", condition=Q(language="") ^ Q(age_band="")),
            UniqueConstraint(fields=["lab", "language", "age_band"], name="target_group_once"),
        ]

    @property
    def name(self) -> str:
        """The language by its own name, or the age."""
        return own_name(self.language) if self.language else str(AgeBand(self.age_band).label)
