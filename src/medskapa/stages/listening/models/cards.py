"""Cards of paper to write on, each with a code of its own."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.fields import LanguageField


class Card(LabOwned):
    """A printed card. Until it is typed in it is nobody: it holds the hash of its code, which then goes over to its teller.

    With neither code nor teller it was forgotten, since it did not come back. Its number is never given again.
    """

    MOST = 30  # printed at once
    IS_LARGE = True
    url_name = "listening:card"

    lab = LabKey(related_name="cards")
    number = models.PositiveIntegerField()  # on the paper; no secret
    code_hash = models.CharField(max_length=64, unique=True, null=True)
    teller = models.OneToOneField("labs.Pseudonym", on_delete=models.PROTECT, null=True, related_name="card")
    language = LanguageField()
    printed_at = models.DateTimeField(default=now)
    photo = models.BinaryField(null=True)  # to type from; in pieces under a key of its own
    photo_key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["lab", "number"], name="card_number_once"),
            CheckConstraint(name="card_code_is_in_one_place", condition=Q(code_hash__isnull=True) | Q(teller__isnull=True)),
            CheckConstraint(name="card_photo_has_key", condition=Q(photo__isnull=True) | Q(photo_key__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"K-{self.number:04}"

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be typed in."""
        return self.code_hash is not None
