"""Addresses of the press room, below a lab's."""

from django.urls import path

from medskapa.outlook.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("news/", views.releases, name="releases"),
    path("news/new/", views.new_release, name="new_release"),
    path("news/contacts/new/", views.new_contact, name="new_contact"),
    path("news/contacts/<id:contact>/edit/", views.edit_contact, name="edit_contact"),
    path("news/contacts/<id:contact>/remove/", views.remove_contact, name="remove_contact"),
    path("news/<id:release>/", views.release, name="release"),
    path("news/<id:release>/edit/", views.edit_release, name="edit_release"),
    path("news/<id:release>/publish/", views.publish_release, name="publish_release"),
    path("news/<id:release>/take-back/", views.take_back_release, name="take_back_release"),
]
