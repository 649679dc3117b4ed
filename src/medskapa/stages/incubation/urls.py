"""Addresses of supports, goals and reports in a lab."""

from django.urls import path

from medskapa.stages.incubation.views import goals, reports, supports

app_name = "incubation"

urlpatterns = [
    path("support/", supports.supports, name="supports"),
    path("support/portfolio/", supports.portfolio, name="portfolio"),
    path("support/new/", supports.new_support, name="new_support"),
    path("support/<id:support>/", supports.support, name="support"),
    path("support/<id:support>/edit/", supports.edit_support, name="edit_support"),
    path("support/<id:support>/run/", supports.run_support, name="run_support"),
    path("support/<id:support>/end/", supports.end_support, name="end_support"),
    path("support/<id:support>/stop/", supports.stop_support, name="stop_support"),
    path("support/<id:support>/events/new/", supports.new_event, name="new_event"),
    path("support/<id:support>/events/<id:event>/edit/", supports.edit_event, name="edit_event"),
    path("support/<id:support>/goals/new/", goals.new_goal, name="new_goal"),
    path("support/<id:support>/reports/new/", reports.new_report, name="new_report"),
    path("goals/<id:goal>/", goals.goal, name="goal"),
    path("goals/<id:goal>/edit/", goals.edit_goal, name="edit_goal"),
    path("goals/<id:goal>/reached/", goals.reach_goal, name="reach_goal"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<id:report>/", reports.report, name="report"),
    path("reports/<id:report>/edit/", reports.edit_report, name="edit_report"),
    path("reports/<id:report>/send/", reports.send_report, name="send_report"),
    path("reports/<id:report>/read/", reports.read_report, name="read_report"),
]
