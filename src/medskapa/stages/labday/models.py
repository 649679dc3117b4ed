"""The lab day: its run sheet, its door, its tables and who sits where."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced, exactly_one
from medskapa.ground.ledger.moment import now


class Block(Sourced, LabOwned):
    """A part of a day's run sheet. Blocks follow one another; a day knows when it starts, a block how long it takes."""

    class Kind(models.TextChoices):
        TOGETHER = "together", _("Everyone together")
        TABLES = "tables", _("At the tables")
        BREAK = "break", _("Break")
        PITCH = "pitch", _("Show and tell")

    lab = LabKey(related_name="blocks")
    gathering = models.ForeignKey("labs.Gathering", on_delete=models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField(_("place in the order"))
    title = models.CharField(_("what"), max_length=120)
    summary = models.CharField(_("how"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TOGETHER)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [CheckConstraint(name="block_takes_time", condition=Q(minutes__gte=1))]


class Door(LabOwned):
    """A way into a gathering while it is open: whoever is there reads six digits off the wall. Nothing says who came in by it."""

    lab = LabKey(related_name="doors")
    gathering = models.ForeignKey("labs.Gathering", on_delete=models.CASCADE, related_name="doors")
    digits = models.CharField(max_length=6)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["gathering"], condition=Q(closed_at__isnull=True), name="door_open_once"),
            UniqueConstraint(fields=["digits"], condition=Q(closed_at__isnull=True), name="door_digits_open_once"),
        ]


class Table(LabOwned):
    """A table of a lab day, the challenge it works on and the prototype it makes."""

    url_name = "labday:table"

    lab = LabKey(related_name="tables")
    gathering = models.ForeignKey("labs.Gathering", on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    challenge = models.ForeignKey("cocreation.Challenge", on_delete=models.PROTECT, null=True, blank=True, related_name="tables")
    prototype = models.ForeignKey("cocreation.Prototype", on_delete=models.PROTECT, null=True, blank=True, related_name="tables")

    class Meta:
        constraints = [UniqueConstraint(fields=["gathering", "number"], name="table_number_once")]


class Seat(LabOwned):
    """Somebody's place at a table, and when they came."""

    lab = LabKey(related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    gathering = models.ForeignKey("labs.Gathering", on_delete=models.CASCADE, related_name="seats")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    participation = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    shown_as = models.CharField(_("shown as"), max_length=120)
    checked_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="seat_for_one", condition=exactly_one("pseudonym", "participation")),
            UniqueConstraint(fields=["gathering", "pseudonym"], condition=Q(pseudonym__isnull=False), name="seat_once_pseudonym"),
            UniqueConstraint(
                fields=["gathering", "participation"], condition=Q(participation__isnull=False), name="seat_once_participation"
            ),
        ]
