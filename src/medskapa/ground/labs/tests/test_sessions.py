"""The session of somebody who came back with a code, and as whom a request acts."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from medskapa.ground.labs.models import PseudonymSession
from medskapa.ground.labs.sessions import cookie_name, end_session, pseudonym_of_session, start_session
from medskapa.ground.labs.tasks import forget_ended_sessions
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, client_of
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role

pytestmark = pytest.mark.django_db


def a_browser_of(pseudonym):
    """A request that carries the cookie of a fresh session."""
    response = HttpResponse()
    start_session(response, pseudonym)
    request = RequestFactory().get("/")
    request.COOKIES[cookie_name()] = response.cookies[cookie_name()].value
    return request


def test_a_session_ends_after_half_an_hour_without_a_request():
    pseudonym = a_pseudonym(a_lab())
    request = a_browser_of(pseudonym)
    begin = now()

    with at(begin + timedelta(minutes=20)):
        assert pseudonym_of_session(request) == pseudonym
    with at(begin + timedelta(minutes=45)):
        assert pseudonym_of_session(request) == pseudonym
    with at(begin + timedelta(minutes=80)):
        assert pseudonym_of_session(request) is None


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_the_store_holds_only_its_hash(settings):
    settings.MEDSKAPA_LOCAL = False
    response = HttpResponse()

    start_session(response, a_pseudonym(a_lab()))

    cookie = response.cookies["__Host-mine"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert PseudonymSession.objects.get().token_hash != cookie.value


def test_a_session_that_was_left_opens_nothing():
    request = a_browser_of(a_pseudonym(a_lab()))

    end_session(request, HttpResponse())

    assert pseudonym_of_session(request) is None


def test_somebody_who_stopped_is_nobody_any_more():
    pseudonym = a_pseudonym(a_lab())
    request = a_browser_of(pseudonym)

    pseudonym.stopped_at = now()
    pseudonym.save()

    assert pseudonym_of_session(request) is None


def test_ended_sessions_are_forgotten_within_the_hour():
    a_browser_of(a_pseudonym(a_lab()))

    with at(now() + timedelta(hours=1)):
        forget_ended_sessions()

    assert not PseudonymSession.objects.exists()


def test_a_code_of_one_lab_is_nobody_in_another():
    lab, other = a_lab(), a_lab()
    client = client_of(a_pseudonym(lab))

    assert client.get(f"/en/labs/{lab.slug}/desk/").status_code == 200
    assert client.get(f"/en/labs/{other.slug}/desk/").status_code == 403


def test_a_role_that_was_ended_closes_the_next_page():
    lab = a_lab()
    somebody = a_participation(lab, Role.MODERATOR)
    client = client_of(somebody)
    assert client.get(f"/en/labs/{lab.slug}/people/").status_code == 200

    somebody.roles.update(valid_to=now())

    assert client.get(f"/en/labs/{lab.slug}/people/").status_code == 403


def test_an_actor_of_one_lab_may_nothing_with_what_belongs_to_another():
    lab, other = a_lab(), a_lab()
    leader = Actor("participation", "x", lab.public_id, frozenset({"process_leader"}))

    assert may(leader, "lab.edit", lab)
    assert not may(leader, "lab.edit", other)
    assert not may(leader, "lab.edit", a_participation(other))


def test_an_unknown_verb_and_a_question_that_fails_are_refused(monkeypatch):
    lab = a_lab()
    leader = Actor("participation", "x", lab.public_id, frozenset({"process_leader"}))

    assert not may(leader, "lab.set_on_fire", lab)
    monkeypatch.setattr("medskapa.ground.people.permissions.table", lambda: 1 / 0)
    assert not may(leader, "lab.edit", lab)


def test_the_page_of_a_lab_asks_the_store_a_bounded_number_of_times(django_assert_max_num_queries):
    lab = a_lab()

    for client in (a_client(lab, "public"), a_client(lab, Role.PROCESS_LEADER), a_client(lab, "co_creator")):
        for page in ("", "desk/") if client.cookies else ("",):
            with django_assert_max_num_queries(25):
                assert client.get(f"/en/labs/{lab.slug}/{page}").status_code == 200
