"""Verbs that need no more than a yes: a page that says what will happen, then the action, then where it can be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from medskapa.ground.web.pages import see_other

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is done. ``kind="stop"`` for what takes something away."""

    title: Text
    text: Text
    submit: Text
    back: str
    kind: str = ""
    template: str = "web/confirm.html"


def ask_first(
    request: HttpRequest,
    question: Question,
    *,
    do: Callable[..., Model],
    done: Text,
    form: Form | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """GET asks; POST does it (with the form's clean values, if there is one) and goes to what came of it. A refused form answers 422."""
    if request.method == "POST" and (form is None or form.is_valid()):
        return see_other(request, do(**(form.cleaned_data if form else {})), done)
    context = {
        "title": question.title,
        "text": question.text,
        "submit": question.submit,
        "back": question.back,
        "kind": question.kind,
        "form": form or "",
        **(more or {}),
    }
    return render(request, question.template, context, status=422 if form is not None and form.is_bound else 200)


def typed(request: HttpRequest) -> Any:
    """What was sent, for a form; nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
