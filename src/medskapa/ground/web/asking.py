"""Pages that ask: a form, or one thing that cannot be undone. A form that is refused comes back with what was typed, and 422."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.functional import Promise

Text = str | Promise


def ask(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: Text,
    submit: Text,
    back: Any,
    lead: Text = "",
    template: str = "web/form.html",
    **more: Any,
) -> HttpResponse:
    """A form as a page. ``back``: where *Cancel* leads."""
    context = {"form": form, "title": title, "submit": submit, "back": resolve_url(back), "lead": lead, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


def confirm(
    request: HttpRequest,
    *,
    title: Text,
    text: Text,
    submit: Text,
    back: Any,
    kind: str = "",
    form: BaseForm | None = None,
) -> HttpResponse:
    """A page that asks once more. ``kind``: "stop" for what is taken away; ``form``: a reason, if one is needed."""
    context = {"title": title, "text": text, "submit": submit, "back": resolve_url(back), "kind": kind}
    if form is None:
        return render(request, "web/confirm.html", context)
    return render(request, "web/confirm.html", context | {"form": form}, status=422 if form.is_bound else 200)
