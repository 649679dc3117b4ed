"""Whatever is invented says so on its own page, and what is real does not."""

import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.people.models import Account, Organisation
from medskapa.outlook.thread.queries import latest_by_stage, thread_of
from medskapa.stages.cocreation.models import Idea

pytestmark = pytest.mark.django_db
MARK = 'class="tag demo"'
SEEN_BY = ("sara", "karin", "lovisa", "samir", "farid")  # one of them may open each page
SOURCED = {"labs.Gathering", "cocreation.Challenge", "cocreation.Idea", "cocreation.Prototype", "newsroom.Release"}


def own_pages(lab: Lab, *, invented: bool) -> list[tuple[str, str]]:
    """One page of each kind of row that has pages, of an invented or of a sourced row."""
    found = []
    for model in apps.get_models():
        row = _row_of(model, lab, invented) if getattr(model, "url_name", None) else None
        try:
            found += [(model._meta.label, row.get_absolute_url())] if row else []
        except NoReverseMatch:
            continue
    return found


def _row_of(model: type[Model], lab: Lab, invented: bool) -> Model | None:
    rows = model._base_manager.filter(lab=lab)
    if invented and any(field.name == "source" for field in model._meta.concrete_fields):
        rows = rows.filter(source__isnull=True)
    elif not invented:
        rows = rows.filter(source__isnull=False) if model._meta.label in SOURCED else rows.none()
    return rows.first()


def shown(path: str) -> str:
    """The main part of a page, up to the strip of its thread, for the first demo person who may open it."""
    for name in SEEN_BY:
        client = Client()
        client.force_login(Account.objects.get(email=f"{name}@example.org"))
        answer = client.get(path)
        if answer.status_code == 200:
            main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
            return main.group() if main else ""
    raise AssertionError(f"nobody may open {path}")


def test_the_page_of_everything_invented_bears_the_mark(demo):
    pages = own_pages(demo, invented=True)

    assert len(pages) > 20
    assert [label for label, path in pages if MARK not in shown(path)] == []


def test_the_page_of_a_public_fact_says_where_it_stands(demo):
    pages = own_pages(demo, invented=False)

    assert {label for label, _path in pages} == SOURCED
    assert [label for label, path in pages if ".se" not in shown(path)] == []


def test_every_page_of_the_demo_says_at_its_head_what_is_real(demo):
    for page in ("", "tell/", "help/", "rights/", "thread/", "ideas/", "news/"):
        assert "What is real names its source" in Client().get(f"/en/labs/{demo.slug}/{page}").content.decode(), page


def test_what_has_a_public_source_has_no_state_and_no_day_of_ours_on_the_thread(demo):
    by_stage = dict(latest_by_stage(demo, reader=Actor.public(demo.public_id), language="en", most=99))
    real = {(stage, knot.title): knot for stage, knots in by_stage.items() for knot in knots}

    assert real["create", "Meet Sweden"].note == real["prototype", "Meet Sweden"].note == ""
    assert real["create", "Kollen"].bears_demo_mark is False


def test_what_was_told_back_about_something_real_is_marked_as_invented(demo):
    idea = Idea.objects.get(lab=demo, title="Meet Sweden")
    threads, _found = thread_of(idea, reader=Actor.public(demo.public_id), language="en")

    assert threads.knots["echoes"].bears_demo_mark


def test_an_invented_organisation_bears_the_mark_and_a_real_one_its_source(demo):
    client = Client()
    client.force_login(Account.objects.get(email="sara@example.org"))

    real = client.get(f"/en/organisations/{Organisation.objects.get(name='Fryshuset').public_id}/").content.decode()
    invented = client.get(f"/en/organisations/{Organisation.objects.get(name='Föreningen Egen nyckel').public_id}/").content.decode()

    assert MARK not in real
    assert "fornyelselabbet.se" in real
    assert MARK in invented
