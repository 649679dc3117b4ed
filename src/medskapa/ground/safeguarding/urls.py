"""Addresses of safeguarding. The officer's are there for the officer and the deputy; for all others they are not found."""

from django.urls import path

from medskapa.ground.safeguarding.views import alarm, kept, officer, people, words, worry

app_name = "safeguarding"
outside = [path("alarm/<str:token>/", alarm.arrived, name="alarm_arrived")]
urlpatterns = [
    path("alarm/", alarm.alarm, name="alarm"),
    path("concerns/", officer.concerns, name="concerns"),
    path("concerns/new/", worry.new_concern, name="new_concern"),
    path("concerns/words/", words.words, name="words"),
    path("concerns/words/<str:into>/", words.edit_words, name="edit_words"),
    path("concerns/<id:concern>/", officer.concern, name="concern"),
    path("concerns/<id:concern>/take/", officer.take, name="take_concern"),
    path("concerns/<id:concern>/close/", officer.close, name="close_concern"),
    path("concerns/<id:concern>/letter/", officer.letter, name="letter"),
    path("kept/", kept.kept, name="kept"),
    path("kept/<id:shortening>/second/", kept.second, name="second_shortening"),
    path("kept/<id:shortening>/refuse/", kept.refuse, name="refuse_shortening"),
    path("identities/", people.identities, name="identities"),
    path("identities/<id:pseudonym>/", people.person, name="person"),
    path("identities/<id:pseudonym>/open/", people.open_person, name="open_person"),
    path("identities/<id:pseudonym>/representative/", people.new_representative, name="new_representative"),
    path("representatives/", people.representatives, name="representatives"),
    path("representatives/<id:representative>/edit/", people.edit_representative, name="edit_representative"),
]
