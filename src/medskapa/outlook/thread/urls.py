"""Addresses of the thread, below a lab's."""

from django.urls import path

from medskapa.outlook.thread import returning, views

app_name = "thread"
urlpatterns = [
    path("thread/", views.threads, name="threads"),
    path("thread/echoes/", views.echoes, name="echoes"),
    path("thread/echoes/<id:echo>/", views.echo, name="echo"),
    path("thread/waiting/", views.waiting, name="waiting"),
    path("thread/<slug:kind>/<id:subject>/", views.thread, name="thread"),
    path("thread/<slug:kind>/<id:subject>/tell/", views.new_echo, name="new_echo"),
]
outside = [path("return/mine/read/", returning.read_echoes, name="read_echoes")]
