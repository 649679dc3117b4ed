"""What tellers, and the adults who speak for them, have said yes to."""

from datetime import datetime

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned, exactly_one
from medskapa.ground.ledger.moment import now
from medskapa.stages.listening.models.stories import Reach, Story


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
