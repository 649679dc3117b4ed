"""How questions are spoken."""

from django import template
from django.utils.html import format_html

from medskapa.ground.web.templatetags.medskapa import wording_of
from medskapa.stages.listening.models import Prompt

register = template.Library()


@register.simple_tag
def spoken(prompt: Prompt) -> str:
    """What the element of a question says to be read aloud: its own text for that, in the language in which the question is shown.

    Nothing where there is none: then the question itself is read.
    """
    text, language = wording_of(prompt, "spoken")
    if not text or language != wording_of(prompt, "title")[1]:
        return ""
    return format_html(' data-spoken="{}" lang="{}"', text, language)
