"""Addresses of the room, below a lab's own."""

from django.urls import path

from medskapa.stages.understanding.views import evidence, insights, patterns

app_name = "understanding"
urlpatterns = [
    path("insights/", insights.insights, name="insights"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/<id:scale>/", patterns.pattern, name="pattern"),
    path("insights/new/", insights.new_insight, name="new_insight"),
    path("insights/<id:insight>/", insights.insight, name="insight"),
    path("insights/<id:insight>/edit/", insights.edit_an_insight, name="edit_insight"),
    path("insights/<id:insight>/confirm/", insights.confirm, name="confirm_insight"),
    path("insights/<id:insight>/publish/", insights.publish, name="publish_insight"),
    path("insights/<id:insight>/keep-inside/", insights.keep_inside, name="keep_insight_inside"),
    path("insights/<id:insight>/set-aside/", insights.set_aside, name="set_aside_insight"),
    path("insights/<id:insight>/take-up/", insights.take_up, name="take_up_insight"),
    path("insights/<id:insight>/voices/", evidence.choose_story, name="choose_story"),
    path("insights/<id:insight>/voices/<id:story>/", evidence.new_quote, name="new_quote"),
    path("insights/<id:insight>/answers/", evidence.new_answers, name="new_answers"),
    path("insights/<id:insight>/evidence/<id:evidence>/edit/", evidence.edit, name="edit_evidence"),
    path("insights/<id:insight>/evidence/<id:evidence>/remove/", evidence.remove, name="remove_evidence"),
]
