"""Addresses of this room's lists, for *Cancel* and for going on."""

from typing import Any

from django.urls import reverse

from medskapa.ground.labs.models import Lab


def at(name: str, lab: Lab, **ids: Any) -> str:
    """The address of a page of this room in a lab."""
    return reverse(f"selection:{name}", kwargs={"lab": lab.slug, **ids})
