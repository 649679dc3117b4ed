"""Addresses of accounts and organisations, outside any lab."""

from django.urls import path

from medskapa.ground.people.views import account, local, organisations, rules

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/lock/", account.second_lock, name="second_lock"),
    path("account/sessions/", account.end_sessions, name="end_sessions"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new_organisation, name="new_organisation"),
    path("organisations/<id:organisation>/", organisations.organisation, name="organisation"),
    path("organisations/<id:organisation>/edit/", organisations.edit_organisation, name="edit_organisation"),
    path("organisations/<id:organisation>/rename/", organisations.rename_organisation, name="rename_organisation"),
    path("organisations/<id:organisation>/units/new/", organisations.new_unit, name="new_unit"),
    path("organisations/<id:organisation>/units/<id:unit>/", organisations.edit_unit, name="edit_unit"),
    path("rules/", rules.rules, name="rules"),
    path("mail/", local.mail, name="mail"),
    path("sign-in-as/<id:account>/", local.sign_in_as, name="sign_in_as"),
]
