"""Addresses of indicators and measurements in a lab."""

from django.urls import path

from medskapa.stages.outcomes import views

app_name = "outcomes"

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/new/", views.new_indicator, name="new_indicator"),
    path("indicators/<id:indicator>/", views.indicator, name="indicator"),
    path("indicators/<id:indicator>/edit/", views.edit_indicator, name="edit_indicator"),
    path("indicators/<id:indicator>/measurements/new/", views.new_measurement, name="new_measurement"),
    path("measurements/<id:measurement>/", views.measurement, name="measurement"),
    path("measurements/<id:measurement>/edit/", views.edit_measurement, name="edit_measurement"),
]
