"""What templates of every room may use: signs, languages, moments, panels, and the key of a form."""

import secrets
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.shortcuts import resolve_url
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from medskapa.ground.web import glyphs, guard, languages, moments, panels
from medskapa.ground.web.templatetags import drawings, links

register = template.Library()
register.filters.update(drawings.register.filters)  # one library for templates to load
register.tags.update(links.register.tags)


@register.filter
def shapes(name: str) -> list[dict[str, str]]:
    """What a sign is drawn of."""
    return glyphs.shapes(name)


@register.filter
def points(name: str) -> bool:
    """Whether a sign turns with the direction of reading."""
    return name in glyphs.POINTING


@cache
def _drawn(name: str, kind: str) -> str:
    return render_to_string("web/components/icon/icon.html", {"name": name, "kind": kind})


@register.simple_tag
def icon(name: str, kind: str = "g") -> str:
    """A sign beside a word; screen readers pass over it. ``kind=""`` inside a node."""
    return _drawn(name, kind)


@register.simple_tag
def stage_name(stage: str) -> str | Promise:
    """The name of a stage of the thread."""
    return glyphs.STAGE_NAMES[stage]


def wording_of(row: Any, field: str) -> tuple[str, str]:
    """The text in the language that was asked for where there is one, else as it was first written; and its language."""
    wording = (getattr(row, "wordings", None) or {}).get(field)
    if wording is not None:
        return wording.text, wording.language
    language = getattr(row, "language", None) or getattr(getattr(row, "lab", None), "language", None) or languages.shown()
    return getattr(row, field) or "", language


@register.simple_tag
def said(row: Any, field: str, most: int | None = None) -> str:
    """A text of the lab, or its first words. In another language than the page's it stands apart, with its language and direction."""
    text, language = wording_of(row, field)
    text = text if most is None else Truncator(text).words(most)
    if languages.canonical(language) == languages.shown():
        return text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, languages.direction(language), text)


@register.filter
def plainly(row: Any, field: str) -> str:
    """The same text without marks, for titles and attributes."""
    return wording_of(row, field)[0]


@register.filter
def apart(words: Any) -> str:
    """Somebody's words beside others, each in its own direction: ``{% blocktranslate with name=who.name|apart %}``."""
    return format_html("<bdi>{}</bdi>", words)


@register.simple_tag
def form_key() -> str:
    """The idempotency key of a form: sent twice, it counts once."""
    return format_html('<input type="hidden" name="form_key" value="{}">', secrets.token_urlsafe(18))


@register.filter
def day(moment: date | datetime | None) -> str:
    """``12 March 2017``."""
    return moments.day(moment)


@register.filter
def month(moment: date | datetime | None) -> str:
    """``March 2017``."""
    return moments.month(moment)


@register.filter
def clock(moment: datetime | None) -> str:
    """``14:20``."""
    return moments.clock(moment)


@register.filter
def ago(moment: datetime | None) -> str:
    """``3 days ago``."""
    return moments.ago(moment)


@register.filter
def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """``1 530 000``, with spaces that do not break."""
    return moments.number(value, decimals)


@register.filter
def money(minor: int | None, currency: str) -> str:
    """An amount in minor units: ``{{ minor|money:"SEK" }}``."""
    return moments.money(minor, currency)


@register.filter
def language_name(code: str) -> str:
    """What a language calls itself."""
    return languages.own_name(code)


@register.filter
def direction(code: str) -> str:
    """``rtl`` or ``ltr``."""
    return languages.direction(code)


@register.simple_tag
def page_language() -> languages.Language:
    """The language in which the page comes."""
    return languages.KNOWN[languages.canonical(languages.shown()) or languages.FALLBACK]


@register.simple_tag
def lacking() -> languages.Language | None:
    """The language that was asked for and that this page does not have yet."""
    asked = languages.asked()
    return languages.KNOWN.get(asked) if asked != languages.shown() else None


@register.simple_tag
def unread() -> bool:
    """Whether no native speaker has read the words of this page yet."""
    return languages.shown() in languages.READ_BY_NOBODY_YET


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, Any]]:
    """The languages this page exists in: code, own name, address, whether it is the current one. Suggested ones first."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return []
    match = None if context.get("is_anywhere") else request.resolver_match
    here = languages.of_page(match.view_name if match else None)
    wished = languages.suggested(request.headers.get("Accept-Language", ""))
    here.sort(key=lambda code: wished.index(code) if code in wished else len(wished))
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return [_link(code, request.path, query) for code in here]


def _link(code: str, path: str, query: str) -> dict[str, Any]:
    address = languages.moved_to(path, code) + (f"?{query}" if query else "")
    return {"code": code, "own_name": languages.own_name(code), "address": address, "is_current": code == languages.shown()}


@register.simple_tag(takes_context=True)
def panel(context: Context, place: str, subject: Any = None) -> str:
    """Whatever later rooms offer for a place on this page."""
    actor = context.get("actor") or getattr(context.get("request"), "actor", None)
    kept = {name: context[name] for name in ("request", "csrf_token", "lab", "actor", "messages") if name in context}
    parts = []
    for shown in panels.shown(place, actor, subject):
        found = Engine.get_default().get_template(shown.template)
        try:
            parts.append(found.render(context.new({**kept, "subject": subject, **shown.context})))
        except Exception:
            panels.left_out(place)
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag(takes_context=True)
def step(context: Context, step: panels.Step, laid: Any = None) -> str:
    """A step of a teller's thread as its room tells it, ``laid`` where the page put it; one that raises is left out like a panel."""
    kept = {name: context[name] for name in ("request", "csrf_token", "lab", "actor") if name in context}
    try:
        return Engine.get_default().get_template(step.template).render(context.new({**kept, **step.context, "laid": laid}))
    except Exception:
        panels.left_out(panels.RETURN_STEPS)
        return ""


@register.filter
def in_words(todo: panels.Todo) -> str:
    """What is to be done, with the title of what it is about in the language of the page."""
    if todo.about is None:
        return str(todo.text)
    before, _slot, after = str(todo.text).partition("{title}")
    return format_html("{}<bdi>{}</bdi>{}", before, wording_of(todo.about, todo.field)[0].rstrip("."), after)


@register.simple_tag(takes_context=True)
def can(context: Context, verb: str, subject: Any = None) -> bool:
    """Whether to offer a verb: ``{% can "idea.edit" idea as may_edit %}``."""
    return guard.may(context.get("actor") or getattr(context.get("request"), "actor", None), verb, subject)


@register.filter
def numbers(page: Page[Any]) -> list[int | None]:
    """The numbers that a pager shows, with None where some are left out."""
    found = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [one if isinstance(one, int) else None for one in found]


@register.filter
def times(count: int) -> range:
    """1, 2, … count."""
    return range(1, count + 1)


@register.simple_tag(takes_context=True)
def likely_language(context: Context) -> dict[str, Any] | None:
    """The language somebody most likely wants instead of this one."""
    return next((language for language in other_languages(context) if not language["is_current"]), None)


@register.simple_tag(takes_context=True)
def whoami(context: Context) -> dict[str, str]:
    """Who acts on this page, and where to change it: an account's own page, or signing in. Nobody is known: no name."""
    if context.get("actor_name"):
        return {"name": str(context["actor_name"]), "address": context.get("account_url") or ""}
    user = getattr(context.get("request"), "user", None)
    if user is None:
        return {"name": "", "address": ""}
    if user.is_authenticated:
        return {"name": str(user), "address": resolve_url(settings.LOGIN_REDIRECT_URL)}
    return {"name": "", "address": context.get("account_url") or resolve_url(settings.LOGIN_URL)}
