"""Addresses of pilots and adoptions in a lab."""

from django.urls import path

from medskapa.stages.pilots.views import adoptions, pilots

app_name = "pilots"

of_pilots = [
    path("pilots/", pilots.pilots, name="pilots"),
    path("pilots/new/", pilots.new_pilot, name="new_pilot"),
    path("pilots/<id:pilot>/", pilots.pilot, name="pilot"),
    path("pilots/<id:pilot>/edit/", pilots.edit_pilot, name="edit_pilot"),
    path("pilots/<id:pilot>/indicators/new/", pilots.new_aim, name="new_aim"),
    path("pilots/<id:pilot>/indicators/<id:aim>/edit/", pilots.edit_aim, name="edit_aim"),
    path("pilots/<id:pilot>/indicators/<id:aim>/remove/", pilots.remove_aim, name="remove_aim"),
    path("pilots/<id:pilot>/start/", pilots.start_pilot, name="start_pilot"),
    path("pilots/<id:pilot>/judge/", pilots.judge_pilot, name="judge_pilot"),
    path("pilots/<id:pilot>/next/", pilots.next_challenge, name="next_challenge"),
]
of_adoptions = [
    path("pilots/<id:pilot>/adoptions/new/", adoptions.new_adoption, name="new_adoption"),
    path("adoptions/", adoptions.adoptions, name="adoptions"),
    path("adoptions/<id:adoption>/", adoptions.adoption, name="adoption"),
    path("adoptions/<id:adoption>/edit/", adoptions.edit_adoption, name="edit_adoption"),
    path("adoptions/<id:adoption>/move/", adoptions.move_adoption, name="move_adoption"),
]
urlpatterns = [*of_pilots, *of_adoptions]
