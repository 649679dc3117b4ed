"""The pages of calls, applications, reviews and decisions, walked as the people who use them."""

import re
import secrets
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, client_of
from medskapa.ground.people.roles import Role
from medskapa.stages.cocreation.models import Idea, Prototype
from medskapa.stages.listening.tests.makers import a_story
from medskapa.stages.selection.models import Application, BestInterests, Call, Decision, Review
from medskapa.stages.selection.tests.makers import a_best_interests, a_call, a_decision, a_juror, a_review, an_application, moved_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def at(name: str, lab: Lab, **ids: str) -> str:
    return reverse(f"selection:{name}", kwargs={"lab": lab.slug, **ids})


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"form_key": secrets.token_urlsafe(18), **fields})


def test_a_call_is_written_opened_and_applied_to(lab):
    leader, innovator = a_client(lab, Role.PROGRAMME_MANAGER), a_client(lab, Role.INNOVATOR)
    dates = {"opens_at": "2020-01-01T09:00", "closes_at": "2099-01-01T12:00"}
    send(leader, at("new_call", lab), title="Call 2", summary="Salary.", places="2", language="sv", **dates)
    call = Call.objects.get()
    ids = {"call": call.public_id}
    send(leader, at("new_criterion", lab, **ids), title="With the young", lowest="No", highest="Yes", weight="2")
    send(leader, at("open_call", lab, **ids))
    public = Client().get(call.get_absolute_url()).content.decode()
    assert "With the young" in public
    assert "<p>Salary.</p>" in public
    assert "Open from 1 January 2020 at 09:00 until 1 January 2099 at 12:00. 2 get support." in public

    send(innovator, at("new_application", lab, **ids), title="Kiosk", summary="Letters.", language="sv", asks_minor="1250.50")
    application = Application.objects.get()
    answer = send(innovator, at("send_application", lab, application=application.public_id))

    application.refresh_from_db()
    assert (answer.status_code, application.state, application.asks_minor) == (303, "sent", 125050)


def test_an_application_is_prefilled_from_the_thread(lab):
    idea = Idea.objects.create(lab=lab, title="Kiosk", summary="A place for letters.")
    prototype = Prototype.objects.create(lab=lab, idea=idea, title="The letter kiosk", summary="A table in the library.")
    address = at("new_application", lab, call=a_call(lab).public_id) + f"?from={prototype.public_id}"
    client = a_client(lab, Role.INNOVATOR)

    page = client.get(address).content.decode()
    assert "A table in the library." in page
    assert "A place for letters." in page

    send(client, address, title="Kiosk", summary="Changed.", language="sv")
    assert Application.objects.get().prototype == prototype


def test_a_refused_form_keeps_what_was_typed(lab):
    client = a_client(lab, Role.PROGRAMME_MANAGER)

    dates = {"opens_at": "2020-01-02T09:00", "closes_at": "2020-01-01T09:00"}
    answer = send(client, at("new_call", lab), title="Typed before", summary="S", places="1", language="sv", **dates)

    assert answer.status_code == 422
    assert "Typed before" in answer.content.decode()
    assert "Choose a time after the call opens." in answer.content.decode()


def test_a_juror_saves_then_sends_a_review_and_reads_the_others(lab):
    call = a_call(lab)
    application, mine, other = an_application(call), a_juror(call), a_juror(call)
    moved_on(call, "judging")
    a_review(application, other)
    client = client_of(mine.participation)
    criterion = call.criteria.get().public_id
    address = at("write_review", lab, application=application.public_id)
    words = {"strengths": "Near. Free.", "change": "Saturdays."}

    assert send(client, address, **{criterion: "3"}).status_code == 303
    assert send(client, address, send="yes", **{criterion: "3"}).status_code == 422
    assert "Open on Saturdays." not in client.get(application.get_absolute_url()).content.decode()
    assert send(client, address, send="yes", **{criterion: "5"}, **words).status_code == 303

    assert Review.objects.get(juror=mine).scores.get().value == 5
    assert "Open on Saturdays." in client.get(application.get_absolute_url()).content.decode()


def test_a_blind_call_hides_the_applicant_and_notes_the_reading(lab):
    call = a_call(lab, is_blind=True)
    who = a_participation(lab, Role.INNOVATOR, name="Hanna Ek")
    application, juror = an_application(call, applicant=who), a_juror(call)
    moved_on(call, "judging")

    for address in (
        application.get_absolute_url(),
        at("applications", lab),
        at("write_review", lab, application=application.public_id),
        call.get_absolute_url(),
    ):
        page = client_of(juror.participation).get(address).content.decode()
        assert application.title in page
        assert "Hanna Ek" not in page

    own = client_of(who).get(application.get_absolute_url()).content.decode()
    assert "Hanna Ek" in own
    assert "A juror" in own


def test_a_juror_who_declares_a_conflict_is_shown_out(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    client = client_of(juror.participation)

    send(client, at("new_conflict", lab, application=application.public_id), reason="My sister.")

    assert client.get(application.get_absolute_url()).status_code == 404


def test_the_programme_manager_decides_and_the_applicant_reads_why(lab):
    who = a_participation(lab, Role.INNOVATOR)
    application = an_application(a_call(lab), applicant=who)
    a_review(application, a_juror_of(application))
    leader, weighed = a_client(lab, Role.PROGRAMME_MANAGER), a_best_interests(lab)
    assert "4.0" in leader.get(at("decide_call", lab, call=application.call.public_id)).content.decode()
    address = at("decide_application", lab, application=application.public_id)
    texts = {"reason": "It begins with the young.", "feedback": "Say who pays.", "way_on": "The library."}

    assert send(leader, address, outcome="selected", **texts).status_code == 422
    assert send(leader, address, outcome="selected", best_interests=weighed.public_id, **texts).status_code == 303
    send(leader, at("decide_call", lab, call=application.call.public_id))

    decision = Decision.objects.get()
    public, own = Client().get(decision.get_absolute_url()), client_of(who).get(decision.get_absolute_url())
    assert "It begins with the young." in public.content.decode()
    assert "Say who pays." not in public.content.decode()
    assert "Say who pays." in own.content.decode()
    assert decision.chain_head in public.content.decode()


def test_who_may_not_decide_the_call_sees_the_scores_and_is_not_offered_to_decide(lab):
    call = moved_on(a_call(lab), Call.State.JUDGING)
    manager, leader = a_client(lab, Role.PROGRAMME_MANAGER), a_client(lab, Role.PROCESS_LEADER)
    page = at("decide_call", lab, call=call.public_id)

    offered = ["and decide" in browser.get(call.get_absolute_url()).content.decode() for browser in (manager, leader)]
    forms = ["The call is decided</button>" in browser.get(page).content.decode() for browser in (manager, leader)]

    assert (offered, forms) == ([True, False], [True, False])
    assert "How the jury scored" in leader.get(call.get_absolute_url()).content.decode()
    assert send(leader, page).status_code == 403


def test_what_was_not_selected_is_not_there_for_others(lab):
    who = a_participation(lab, Role.INNOVATOR)
    decision = a_decision("not_selected", lab=lab, applicant=who)

    assert Client().get(decision.get_absolute_url()).status_code == 404
    assert "a few" in Client().get(at("decisions", lab)).content.decode()
    assert client_of(who).get(decision.get_absolute_url()).status_code == 200


def test_best_interests_are_weighed_with_stories_and_others_read_how_few(lab):
    story = a_story(lab, released=True)
    leader = a_client(lab, Role.PROGRAMME_MANAGER)
    words = dict.fromkeys(("title", "who", "views", "evidence", "weighing", "conclusion", "feedback"), "Said and weighed.")

    send(leader, at("new_best_interests", lab), **words, follow_up_on="2030-01-01", stories=[story.public_id])

    review = BestInterests.objects.get()
    assert "1 story was heard." in leader.get(review.get_absolute_url()).content.decode()
    assert "a few story was heard." in a_client(lab, Role.ACTOR).get(review.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("calls", "public", 200),
        ("calls", Role.PROGRAMME_MANAGER, 200),
        ("new_call", "public", 403),
        ("new_call", Role.MODERATOR, 403),
        ("applications", "public", 403),
        ("applications", Role.INNOVATOR, 200),
        ("applications", Role.PROGRAMME_MANAGER, 200),
        ("decisions", "public", 200),
        ("all_best_interests", "public", 403),
        ("all_best_interests", "co_creator", 200),
        ("new_best_interests", Role.ACTOR, 403),
        ("new_best_interests", Role.PILOT_LEAD, 200),
    ],
)
def test_pages_open_for_those_they_are_for(lab, name, role, status):
    assert a_client(lab, role).get(at(name, lab)).status_code == status


@pytest.mark.parametrize("role", ["public", "co_creator", Role.MODERATOR, Role.INNOVATOR, Role.JUROR, Role.READER])
def test_an_application_is_not_there_for_others(lab, role):
    application = an_application(a_call(lab))
    moved_on(application.call, "judging")
    assert a_client(lab, Role.PROGRAMME_MANAGER).get(application.get_absolute_url()).status_code == 200

    for name in ("application", "edit_application", "send_application", "take_back_application", "new_conflict", "write_review"):
        assert a_client(lab, role).get(at(name, lab, application=application.public_id)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "open", "judging", "decided"])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_at_most_25_queries(lab, state, number, django_assert_max_num_queries):
    call = a_call(lab)
    applications = [an_application(call) for _ in range(number)]
    jurors = [a_juror(call) for _ in range(number)]
    Call.objects.filter(pk=call.pk).update(state="judging")
    call.refresh_from_db()
    for application in applications:
        for juror in jurors:
            a_review(application, juror)
        a_decision(application=application)
    Call.objects.filter(pk=call.pk).update(state=state)
    leader = a_client(lab, Role.PROGRAMME_MANAGER)
    decision, weighed = Decision.objects.first(), BestInterests.objects.first()
    assert decision
    assert weighed
    pages = [at(name, lab) for name in ("calls", "applications", "decisions", "all_best_interests")]
    pages += [page.get_absolute_url() for page in (call, applications[0], decision, weighed, Review.objects.first()) if page]

    for address in [*pages, at("decide_call", lab, call=call.public_id)]:
        with django_assert_max_num_queries(25):
            assert leader.get(address).status_code == 200, address


def test_links_on_the_pages_lead_somewhere(lab):
    call = a_call(lab, state="draft")
    leader = a_client(lab, Role.PROGRAMME_MANAGER)

    page = leader.get(call.get_absolute_url()).content.decode()
    links = set(re.findall(rf'href="(/[a-z]+/labs/{lab.slug}/(?:calls|applications|decisions|best)[^"]*)"', page))

    assert len(links) >= 4
    for link in links:
        assert leader.get(link).status_code == 200, link


def a_juror_of(application: Application) -> Any:
    juror = a_juror(application.call)
    moved_on(application.call, "judging")
    return juror
