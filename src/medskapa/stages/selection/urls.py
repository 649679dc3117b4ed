"""Addresses of calls, applications, reviews and decisions in a lab."""

from django.urls import path

from medskapa.stages.selection.views import applications, best_interests, calls, decisions, reviews

app_name = "selection"

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new_call, name="new_call"),
    path("calls/<id:call>/", calls.call, name="call"),
    path("calls/<id:call>/edit/", calls.edit_call, name="edit_call"),
    path("calls/<id:call>/open/", calls.open_call, name="open_call"),
    path("calls/<id:call>/judge/", calls.judge_call, name="judge_call"),
    path("calls/<id:call>/decide/", decisions.decide_call, name="decide_call"),
    path("calls/<id:call>/criteria/new/", calls.new_criterion, name="new_criterion"),
    path("calls/<id:call>/criteria/<id:criterion>/edit/", calls.edit_criterion, name="edit_criterion"),
    path("calls/<id:call>/criteria/<id:criterion>/remove/", calls.remove_criterion, name="remove_criterion"),
    path("calls/<id:call>/jurors/new/", calls.new_juror, name="new_juror"),
    path("calls/<id:call>/jurors/<id:juror>/remove/", calls.remove_juror, name="remove_juror"),
    path("calls/<id:call>/apply/", applications.new_application, name="new_application"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<id:application>/", applications.application, name="application"),
    path("applications/<id:application>/edit/", applications.edit_application, name="edit_application"),
    path("applications/<id:application>/send/", applications.send_application, name="send_application"),
    path("applications/<id:application>/take-back/", applications.take_back_application, name="take_back_application"),
    path("applications/<id:application>/conflict/", applications.new_conflict, name="new_conflict"),
    path("applications/<id:application>/review/", reviews.write_review, name="write_review"),
    path("applications/<id:application>/decide/", decisions.decide_application, name="decide_application"),
    path("reviews/<id:review>/", reviews.review, name="review"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<id:decision>/", decisions.decision, name="decision"),
    path("best-interests/", best_interests.all_best_interests, name="all_best_interests"),
    path("best-interests/new/", best_interests.new_best_interests, name="new_best_interests"),
    path("best-interests/<id:best_interests>/", best_interests.best_interests, name="best_interests"),
    path("best-interests/<id:best_interests>/edit/", best_interests.edit_best_interests, name="edit_best_interests"),
]
