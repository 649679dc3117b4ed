"""Addresses of the room, below a lab's own."""

from django.urls import path

from medskapa.stages.cocreation.views import challenges, ideas, prototypes, teams, trials

app_name = "cocreation"

FRAME = [
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/new/", challenges.new_challenge, name="new_challenge"),
    path("challenges/<id:challenge>/", challenges.challenge, name="challenge"),
    path("challenges/<id:challenge>/edit/", challenges.edit_a_challenge, name="edit_challenge"),
    path("challenges/<id:challenge>/open/", challenges.open_a_challenge, name="open_challenge"),
    path("challenges/<id:challenge>/close/", challenges.close_a_challenge, name="close_challenge"),
    path("challenges/<id:challenge>/promise/", challenges.promise_something, name="promise"),
    path("challenges/<id:challenge>/kept/", challenges.keep_a_promise, name="keep_promise"),
    path("challenges/<id:challenge>/ask-again/", challenges.ask_for_stories, name="ask_again"),
]
CREATE = [
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/new/", ideas.choose_challenge, name="choose_challenge"),
    path("challenges/<id:challenge>/ideas/new/", ideas.new_idea, name="new_idea"),
    path("ideas/<id:idea>/", ideas.idea, name="idea"),
    path("ideas/<id:idea>/edit/", ideas.edit_an_idea, name="edit_idea"),
    path("ideas/<id:idea>/set-aside/", ideas.set_aside, name="set_aside_idea"),
    path("ideas/<id:idea>/take-up/", ideas.take_up, name="take_up_idea"),
    path("ideas/<id:idea>/teams/new/", teams.new_team, name="new_team"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<id:team>/", teams.team, name="team"),
    path("teams/<id:team>/edit/", teams.edit_a_team, name="edit_team"),
    path("teams/<id:team>/join/", teams.join, name="join_team"),
    path("teams/<id:team>/members/<id:member>/leave/", teams.leave, name="leave_team"),
]
PROTOTYPE = [
    path("prototypes/", prototypes.prototypes, name="prototypes"),
    path("ideas/<id:idea>/prototypes/new/", prototypes.new_prototype, name="new_prototype"),
    path("prototypes/<id:prototype>/", prototypes.prototype, name="prototype"),
    path("prototypes/<id:prototype>/edit/", prototypes.edit_a_prototype, name="edit_prototype"),
    path("prototypes/<id:prototype>/versions/new/", prototypes.new_version, name="new_version"),
    path("prototypes/<id:prototype>/versions/<id:version>/edit/", prototypes.edit_a_version, name="edit_version"),
    path("prototypes/<id:prototype>/stop/", prototypes.stop, name="stop_prototype"),
    path("prototypes/<id:prototype>/take-up/", prototypes.take_up, name="take_up_prototype"),
    path("prototypes/<id:prototype>/trials/new/", trials.new_trial, name="new_trial"),
    path("trials/<id:trial>/", trials.trial, name="trial"),
    path("trials/<id:trial>/edit/", trials.edit_a_trial, name="edit_trial"),
    path("trials/<id:trial>/note/", trials.note_a_trial, name="note_trial"),
]
urlpatterns = [*FRAME, *CREATE, *PROTOTYPE]
