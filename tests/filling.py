"""Forms as somebody finds them on a page, filled and sent."""

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from django.db import transaction
from django.test import Client

from tests.crawling import Part, Tree

TYPED = frozenset({"text", "search", "tel", "url", "email", ""})
LEFT = frozenset({"submit", "button", "reset", "file", "image"})
Fields = dict[str, list[str]]


def forms_of(tree: Tree) -> list[Part]:
    """The forms of a page that change something."""
    return [form for form in tree.all("form") if form.attrs.get("method", "").lower() == "post"]


def filled(form: Part, tree: Tree, words: Callable[[], str]) -> tuple[Fields, bool]:
    """What a form would send, with these words wherever something can be typed; and whether anything can."""
    sent: Fields = {}
    has_words = False
    for part in tree.all("input", "textarea", "select", "button"):
        name = part.attrs.get("name")
        if not name or form not in part.above() or "disabled" in part.attrs:
            continue
        if part.tag == "textarea" or (part.tag == "input" and part.attrs.get("type", "") in TYPED):
            sent[name], has_words = [words()], True
        else:
            sent.setdefault(name, []).extend(_chosen(part, tree, sent.get(name, [])))
    return sent | {"form_key": [secrets.token_urlsafe(18)]}, has_words


def send(client: Client, address: str, fields: Fields) -> Any:
    """The answer to a form, and if that leads on, the page it leads to. All that it did is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.post(address, fields)
        if answer.status_code in {302, 303}:
            answer = client.get(urljoin(address, answer.headers["Location"]))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _chosen(part: Part, tree: Tree, so_far: list[str]) -> list[str]:
    """What stands there already, or the first that can be picked."""
    kind = part.attrs.get("type", "")
    if part.tag == "select":
        options = [option for option in tree.all("option") if part in option.above() and option.attrs.get("value")]
        return [option.attrs["value"] for option in options if "selected" in option.attrs] or [one.attrs["value"] for one in options[:1]]
    if kind in {"radio", "checkbox"}:
        is_picked = "checked" in part.attrs or (kind == "radio" and not so_far)
        return [part.attrs.get("value", "on")] if is_picked else []
    if part.tag == "button" or kind in LEFT:
        return []
    return [part.attrs.get("value") or {"number": "1", "date": "2030-01-01", "datetime-local": "2030-01-01T10:00"}.get(kind, "")]
