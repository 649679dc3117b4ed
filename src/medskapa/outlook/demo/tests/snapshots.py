"""What a lab or the whole store holds, for comparing."""

from django.apps import apps
from django.db import models

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.models import Chain, Record

TEXTS = (models.CharField, models.TextField, models.DateField, models.JSONField, models.IntegerField)
NOT_THE_SAME = {"id", "key_id", "seen_at"}  # row numbers, and ids of keys, which are always random


def row_counts() -> dict[str, int]:
    """How many rows each table has, apart from the installation's own chain."""
    tables = [model for model in apps.get_models() if model not in {Record, Chain}]
    return {model._meta.label: model._base_manager.count() for model in tables}


def everything_of(lab: Lab) -> dict[str, list[str]]:
    """All plain values of every row of a lab, by model, apart from row numbers and what is sealed."""
    return {model._meta.label: _rows(model, lab) for model in apps.get_models() if _is_of_labs(model)}


def chain_of(lab: Lab) -> list[tuple[object, ...]]:
    """The lab's audit chain."""
    records = Record.objects.filter(chain=lab.chain_key).order_by("number")
    return list(records.values_list("number", "at", "actor", "verb", "subject", "hash"))


def _is_of_labs(model: type[models.Model]) -> bool:
    return any(field.name == "lab" and field.related_model is Lab for field in model._meta.concrete_fields)


def _rows(model: type[models.Model], lab: Lab) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields if isinstance(field, TEXTS) and field.attname not in NOT_THE_SAME]
    return sorted(repr(row) for row in model._base_manager.filter(lab=lab).values_list(*names))
