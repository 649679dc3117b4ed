"""Texts of a lab that run over several paragraphs."""

from typing import Any

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html

from medskapa.ground.web import languages
from medskapa.ground.web.templatetags.medskapa import wording_of

register = template.Library()


@register.simple_tag
def text(row: Any, field: str) -> str:
    """A text of the lab in paragraphs, in the page's language where somebody has worded it, else as it was first written."""
    words, language = wording_of(row, field)
    if languages.canonical(language) == languages.shown():
        return format_html('<div class="text stack">{}</div>', linebreaks_filter(words))
    direction = languages.direction(language)
    return format_html('<div class="text stack" lang="{}" dir="{}">{}</div>', language, direction, linebreaks_filter(words))
