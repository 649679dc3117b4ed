"""Pictures and voices that belong to stories, and what others see of them."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.stages.listening.models.stories import Story


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
