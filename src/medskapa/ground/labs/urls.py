"""Addresses of labs: `outside` without a lab, `urlpatterns` below the lab's own address."""

from django.urls import path

from medskapa.ground.labs.views import calendar, desk, invitations, languages, people, prints, public, set_up, settings

app_name = "labs"

outside = [
    path("", public.labs, name="labs"),
    path("first/", desk.first, name="first"),
    path("acting/", desk.act_as, name="act_as"),
    path("help/", public.help_now, name="help"),
    path("rights/", public.rights, name="rights"),
    path("join/<str:token>/", invitations.join, name="join"),
    path("labs/new/", set_up.start, name="start"),
]

urlpatterns = [
    path("", public.lab, name="lab"),
    path("help/", public.help_now, name="help"),
    path("rights/", public.rights, name="rights"),
    path("phases/", public.phases, name="phases"),
    path("desk/", desk.desk, name="desk"),
    path("people/", people.participations, name="participations"),
    path("people/new/", people.new_participation, name="new_participation"),
    path("people/<id:participation>/", people.participation, name="participation"),
    path("people/<id:participation>/edit/", people.edit_participation, name="edit_participation"),
    path("people/<id:participation>/roles/new/", people.give_role, name="give_role"),
    path("people/<id:participation>/roles/<id:given>/end/", people.end_role, name="end_role"),
    path("people/<id:participation>/agreements/", people.agree, name="agree"),
    path("people/<id:participation>/agreements/<id:agreement>/", people.withdraw_agreement, name="withdraw_agreement"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.new_invitation, name="new_invitation"),
    path("invitations/<id:invitation>/take-back/", invitations.take_back, name="take_back_invitation"),
    path("calendar/", calendar.gatherings, name="gatherings"),
    path("calendar/new/", calendar.new_gathering, name="new_gathering"),
    path("calendar/<id:gathering>/", calendar.edit_gathering, name="edit_gathering"),
    path("poster/", prints.poster, name="poster"),
    path("cards/", prints.cards, name="cards"),
    path("settings/", settings.settings, name="settings"),
    path("settings/close/", settings.close, name="close"),
    path("settings/texts/<str:into>/", settings.texts, name="texts"),
    path("languages/", languages.languages, name="languages"),
    path("languages/<str:into>/", languages.language, name="language"),
    path("languages/taken-back/<id:vouching>/", languages.take_back, name="take_back_vouching"),
    path("set-up/open/", set_up.open_it, name="open"),
    path("set-up/<slug:step>/", set_up.set_up, name="set_up"),
]
