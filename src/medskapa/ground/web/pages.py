"""What nearly every view ends with: go and see the result, or a page of a long list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import Promise


def see_other(request: HttpRequest, target: Model | str, message: str | Promise = "") -> HttpResponse:
    """After something was done: go to where it can be seen. The message is shown there once."""
    if message:
        messages.success(request, str(message))
    return HttpResponse(status=303, headers={"Location": resolve_url(target)})


def paged(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = 50) -> Page[Any]:
    """The page of a list that the address asks for; a wrong number gives the nearest page. Two SQL queries."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
