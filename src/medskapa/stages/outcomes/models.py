"""Indicators with a frozen definition, and measurements with their size and margin."""

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.fields import LanguageField


class Indicator(Sourced, LabOwned):
    """Something that shows whether it got better: how it is measured, in which unit, and which way is up."""

    class Direction(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")

    url_name = "outcomes:indicator"

    lab = LabKey(related_name="indicators")
    insight = models.ForeignKey("understanding.Insight", on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    title = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("definition and how it is measured"), max_length=2000)
    language = LanguageField(_("language"), default="sv")
    unit = models.CharField(_("unit"), max_length=40)  # such as "of 100" or "days"
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.UP)
    written_by_young = models.BooleanField(_("written by young people"), default=False)
    frozen_at = models.DateTimeField(null=True)  # the definition no longer changes from the first measurement on
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.title


class Measurement(Sourced, LabOwned):
    """One measured value, with how many were asked and between which values the true one probably lies."""

    url_name = "outcomes:measurement"

    lab = LabKey(related_name="measurements")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    municipality = models.ForeignKey(
        "places.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    is_baseline = models.BooleanField(_("before it began"), default=False)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    low = models.DecimalField(_("at least"), max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("at most"), max_digits=12, decimal_places=2, null=True, blank=True)
    people_count = models.PositiveIntegerField(_("how many were asked"), null=True, blank=True)
    measured_on = models.DateField(_("measured on"))
    note = models.CharField(_("how, and what may be wrong with it"), max_length=400, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(
                name="measurement_margin_is_ordered", condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))
            )
        ]
