import logging
from datetime import UTC, date, datetime

import pytest
from django.template import Template
from django.template.context import make_context

from medskapa.ground.web import panels
from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, RETURN_STEPS, Panel, Shown, Step, Todo

TAG = "web/components/tag/tag.html"


@pytest.fixture(autouse=True)
def only_those_of_the_test(monkeypatch):
    monkeypatch.setattr(panels, "_offered", [])


@pytest.fixture
def shown(rf):
    def show(actor: object = None, subject: object = None) -> str:
        template = Template('{% load medskapa %}{% panel "artefact.thread" subject %}')
        return template.render(make_context({"actor": actor, "subject": subject}, rf.get("/")))

    return show


def broken(actor, subject):
    raise RuntimeError("no thread today")


def test_panels_are_shown_in_their_order(shown):
    panels.offer(Panel(ARTEFACT_THREAD, 2, 0, lambda actor, subject: Shown(TAG, {"text": "second"})))
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, lambda actor, subject: (TAG, {"text": "first"})))

    assert shown() == '<span class="tag">first</span><span class="tag">second</span>'


def test_a_panel_hears_who_looks_and_at_what(shown):
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, lambda actor, subject: (TAG, {"text": f"{actor} at {subject}"})))

    assert shown("Sara", "an idea") == '<span class="tag">Sara at an idea</span>'


def test_a_panel_with_nothing_to_say_shows_nothing(shown):
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, lambda actor, subject: None))

    assert shown() == ""


def test_a_panel_that_raises_is_left_out_and_logged(shown, settings, caplog):
    settings.MEDSKAPA_PANELS_RAISE = False
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, broken))
    panels.offer(Panel(ARTEFACT_THREAD, 2, 0, lambda actor, subject: (TAG, {"text": "whole"})))

    with caplog.at_level(logging.ERROR):
        assert shown() == '<span class="tag">whole</span>'

    assert [record.getMessage() for record in caplog.records] == ["a panel of artefact.thread is left out"]


def test_a_panel_whose_template_raises_is_left_out_too(shown, settings):
    settings.MEDSKAPA_PANELS_RAISE = False
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, lambda actor, subject: ("web/components/icon/icon.html", {"name": "unicorn"})))

    assert shown() == ""


def test_in_tests_a_panel_that_raises_fails_the_test(shown):
    panels.offer(Panel(ARTEFACT_THREAD, 1, 0, broken))

    with pytest.raises(RuntimeError, match="no thread today"):
        shown()


def test_a_place_that_no_page_has_is_refused():
    with pytest.raises(ValueError, match=r"no page has a place 'idea\.hat'"):
        panels.offer(Panel("idea.hat", 1, 0, broken))


def test_the_three_things_most_due_come_first():
    def day(number):
        return datetime(2017, 8, number, tzinfo=UTC)

    panels.offer(Panel(FIRST_TODO, 1, 0, lambda actor, subject: [Todo("some day", "/d/"), Todo("second", "/b/", day(2))]))
    panels.offer(Panel(FIRST_TODO, 2, 0, lambda actor, subject: [Todo("third", "/c/", day(3)), Todo("first", "/a/", day(1))]))

    assert [todo.text for todo in panels.todos(None, None)] == ["first", "second", "third"]


def a_step(moment=datetime(2017, 3, 12, tzinfo=UTC), template=TAG):
    return Step(moment, "understand", "We understood", template, {"text": "told"})


def test_steps_come_from_every_room_and_one_that_raises_takes_none_away(settings):
    settings.MEDSKAPA_PANELS_RAISE = False
    panels.offer(Panel(RETURN_STEPS, 1, 0, lambda actor, subject: [a_step()]))
    panels.offer(Panel(RETURN_STEPS, 2, 0, broken))
    panels.offer(Panel(RETURN_STEPS, 3, 0, lambda actor, subject: [a_step(), a_step()]))

    assert len(panels.steps(None, None)) == 3


def test_a_step_is_told_by_its_own_template_and_left_out_where_that_raises(rf, settings):
    settings.MEDSKAPA_PANELS_RAISE = False
    template = Template("{% load medskapa %}{% step good %}{% step bad %}")

    told = template.render(make_context({"good": a_step(), "bad": a_step(template="web/no_such.html")}, rf.get("/")))

    assert told == '<span class="tag">told</span>'


def test_a_day_counts_from_its_beginning_where_the_lab_is():
    assert a_step(date(2017, 8, 31)).at == datetime(2017, 8, 30, 22, tzinfo=UTC)
