"""A part of a page in another language, beside the one that may be wrong."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.engine import Engine
from django.utils.translation import override

from medskapa.ground.labs.vouching import CERTAIN

register = template.Library()


@register.simple_tag
def certain_languages() -> tuple[str, ...]:
    """The languages whose texts can stand alone."""
    return CERTAIN


@register.simple_tag(takes_context=True)
def said_in(context: Context, part: str, language: str) -> str:
    """The same part of the page in another language."""
    known: Any = context.flatten()
    with override(language):
        return Engine.get_default().get_template(part).render(context.new(known))
