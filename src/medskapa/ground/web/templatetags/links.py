"""A link to what a lab made. Whatever was invented for the demo bears its mark in the link, so that no template can forget it."""

from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language

register = template.Library()


@register.simple_block_tag
def link(content: str, row: Any = None, *, to: str | None = None, kind: str = "", demo: bool = False) -> str:
    """``{% link idea %}{% said idea "title" %}{% endlink %}``: to the page of a row, and marked if the row is invented.

    to    another page about the row than its own; where it is empty there is nothing to open, and only name and mark stand
    kind  the class of the link
    demo  whether it is invented, where there is no row at hand
    """
    address = row.get_absolute_url() if to is None else to
    mark = _sign(get_language() or "") if demo or getattr(row, "bears_demo_mark", False) else ""
    if not address:
        return format_html("{}{}", content, mark)
    look = format_html(' class="{}"', kind) if kind else ""
    return format_html('<a{} href="{}">{}{}</a>', look, address, content, mark)


@cache
def _sign(_language: str) -> str:
    return render_to_string("web/components/demomark/demomark.html", {"is_sign": True})
