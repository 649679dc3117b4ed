"""A few pages that go wrong, and one that goes well, for the tests of the frame around them."""

import errno

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_POST

from medskapa.ground.web.addresses import in_languages
from medskapa.ground.web.errors import LabError
from medskapa.ground.web.forms import Form
from medskapa.ground.web.guard import same_origin
from medskapa.ground.web.urls import outside_languages


class Secret(LabError):
    is_secret = True


class Wait(LabError):
    wait_seconds = 60


class Short(Form):
    name = forms.CharField()


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "state":
        raise LabError("Somebody was faster.", "Open the page again.", status=409)
    if kind == "secret":
        raise Secret("There is a concern here.", status=403)
    if kind == "often":
        raise Wait("That was often.", "What you wrote is kept.", status=429)
    if kind == "full":
        raise OSError(errno.ENOSPC, "the disk")
    if kind == "fault":
        raise RuntimeError("the words of somebody")
    raise PermissionDenied


def form(request: HttpRequest) -> HttpResponse:
    short = Short(request.POST or None)
    return render(request, "web/form.html", {"title": "Name", "form": short}, status=422 if request.POST else 200)


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@same_origin
def open_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/page.html")


STEPS = """{% extends "web/teller.html" %}{% load medskapa %}
{% block title %}Page {{ here }}{% endblock %}
{% block knots %}{% include "web/components/knots/knots.html" with here=here most=3 text="Question" only %}{% endblock %}
{% block main %}{% if here > 3 %}<h1 tabindex="-1" data-draft-done="tell">Thank you</h1><p id="sent">{{ sent }}</p>{% else %}
<div data-waits hidden>One story waits.<button type="button" data-change>Change what I wrote</button></div>
<form class="ask stack" method="post" action="" data-onward data-draft="tell"
{% if here == 3 %}data-sends{% endif %} autocomplete="off">{% form_key %}
<input type="hidden" name="here" value="{{ here }}">
<h1><label for="words">What happened?</label></h1>
<div class="write"><textarea class="in words" id="words" name="words-{{ here }}"></textarea>
<label class="cover" data-unkept><input type="checkbox" name="cover">Hide what I wrote</label></div>
<p hidden data-saved>Saved on your phone.</p><p hidden data-offline>No network just now.</p>
<label class="cover"><input type="checkbox" data-keep>Keep it on this phone</label>
<button class="btn big">Next</button></form>{% endif %}{% endblock %}"""


@same_origin
def tell(request: HttpRequest) -> HttpResponse:
    """Three questions, and a page that thanks."""
    here = int(request.POST.get("here", 0)) + 1
    page = engines["django"].from_string(STEPS)
    return HttpResponse(page.render({"here": here, "sent": request.POST.get("form_key")}, request))


listening = (
    [path("tell/", tell, name="tell"), path("stories/", page, name="stories")],
    "listening",
)
labs = (
    [path("", page, name="labs"), path("help/", page, name="help"), path("rights/", page, name="rights")],
    "labs",
)
urlpatterns = outside_languages + in_languages(
    path("", include("medskapa.ground.web.urls")),
    path("", include(listening)),
    path("", include(labs)),
    path("refuse/<str:kind>/", refuse),
    path("tell/refuse/<str:kind>/", refuse),
    path("tell/only-post/", only_post),
    path("form/", form, name="form"),
    path("only-post/", only_post),
    path("open-form/", open_form),
)
handler400 = "medskapa.ground.web.error_pages.bad_request"
handler403 = "medskapa.ground.web.error_pages.forbidden"
handler404 = "medskapa.ground.web.error_pages.not_found"
handler500 = "medskapa.ground.web.error_pages.fault"
