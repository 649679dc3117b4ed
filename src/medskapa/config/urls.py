"""Every address: `/<language>/` for all pages, `/<language>/labs/<lab>/` for those of a lab.

A room's `urls.py` gives `urlpatterns`. For the rooms of a lab they lie below the lab's address; what such a room
shows outside any lab stands in its `outside`. Both share the room's name, so that `listening:story` is one address.
"""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from medskapa.ground.web.addresses import in_languages
from medskapa.ground.web.urls import outside_languages

OUTSIDE_LABS = ("medskapa.ground.web", "medskapa.ground.people")
OF_A_LAB = (
    "medskapa.ground.labs",
    "medskapa.ground.safeguarding",
    "medskapa.stages.listening",
    "medskapa.stages.understanding",
    "medskapa.stages.cocreation",
    "medskapa.stages.labday",
    "medskapa.stages.selection",
    "medskapa.stages.outcomes",
    "medskapa.stages.incubation",
    "medskapa.stages.pilots",
    "medskapa.outlook.thread",
    "medskapa.outlook.newsroom",
)


def _outside(room: str) -> URLResolver:
    return path("", include(f"{room}.urls"))


def _of_a_lab(room: str) -> URLResolver:
    urls = import_module(f"{room}.urls")
    patterns: list[URLPattern | URLResolver] = [*getattr(urls, "outside", ()), path("labs/<slug:lab>/", include(urls.urlpatterns))]
    return path("", include((patterns, urls.app_name)))


urlpatterns = outside_languages + in_languages(
    path("", include("medskapa.ground.people.sign_in_urls")),
    *[_outside(room) for room in OUTSIDE_LABS],
    *[_of_a_lab(room) for room in OF_A_LAB],
)

handler400 = "medskapa.ground.web.error_pages.bad_request"
handler403 = "medskapa.ground.web.error_pages.forbidden"
handler404 = "medskapa.ground.web.error_pages.not_found"
handler500 = "medskapa.ground.web.error_pages.fault"
