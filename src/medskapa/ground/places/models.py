"""Municipalities, counties, groups and countries, by their official codes, which are text (``0114``, never 114)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.Model):
    """A country by its ISO 3166-1 code."""

    code = models.CharField(max_length=2, primary_key=True)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)


class County(models.Model):
    """A Swedish county (län) with its region, by Statistics Sweden's two-digit code."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    letter = models.CharField(max_length=2)
    region_name = models.CharField(max_length=80)


class MunicipalityGroup(models.Model):
    """A group of like municipalities, as the association of municipalities (SKR) sorts them."""

    code = models.CharField(max_length=2, primary_key=True)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)


class Municipality(models.Model):
    """A municipality by its four-digit code. Invented ones (``X001``…) belong to the demo and are not among the 290."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    name_full = models.CharField(_("full name"), max_length=80)
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, related_name="municipalities")
    group = models.ForeignKey(MunicipalityGroup, on_delete=models.PROTECT, null=True, related_name="municipalities")
    population = models.PositiveIntegerField(null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)  # WGS 84
    longitude = models.FloatField(null=True)
    is_invented = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
