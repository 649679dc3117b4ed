"""Counts of people, as this reader may see them."""

from django import template
from django.template.context import Context

from medskapa.ground.safeguarding.disclosure import a_few

register = template.Library()


@register.simple_tag(takes_context=True)
def people_in(context: Context, count: int) -> str:
    """How many; outside the team one to four are "a few"."""
    return a_few(count, context["actor"])
