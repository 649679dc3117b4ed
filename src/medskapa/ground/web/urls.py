"""Addresses of the design system: in every language, and (``outside_languages``) before one is chosen."""

from django.urls import path

from medskapa.ground.web import error_pages, views

app_name = "web"
urlpatterns = [
    path("style/", views.style, name="style"),
    path("leave/", views.leave, name="leave"),
    path("calendar/", views.calendar_page, name="calendar"),
    path("busy/", error_pages.busy, name="busy"),
]
outside_languages = [path("", views.choose_language, name="choose_language")]
