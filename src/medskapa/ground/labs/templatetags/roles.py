"""Roles in words, for templates of this room."""

from django import template
from django.utils.functional import Promise

from medskapa.ground.labs.models import RoleGiven
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.rules import name_of

register = template.Library()


@register.filter
def role_name(role: str) -> str | Promise:
    """What people call a role."""
    return name_of(role)


@register.filter
def runs(given: RoleGiven) -> bool:
    """Whether a role has not ended."""
    return given.valid_to is None or given.valid_to > now()
