"""The officer's way with a concern: each step is written down, says what comes next and by when, and the list follows that."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at
from medskapa.ground.people.roles import Role
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.ground.safeguarding.clocks import PATIENCE, Within, due
from medskapa.ground.safeguarding.following import Plan, assess_concern, close_concern, report_concern, take_concern, talk_about_concern
from medskapa.ground.safeguarding.models import Concern, ConcernStep
from medskapa.ground.safeguarding.queries import concerns_of
from medskapa.ground.safeguarding.tests.makers import a_concern

pytestmark = pytest.mark.django_db
MORNING = datetime(2017, 3, 6, 8, 0, tzinfo=UTC)
TODAY = Plan(Concern.Urgency.TODAY, "talk", Within.TODAY)
NEXT = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab(time_zone="Europe/Stockholm")


def officer(lab):
    return an_actor(lab, Role.SAFEGUARDING_OFFICER)


def taken(lab, plan=None):
    concern = take_concern(a_concern(lab), by=officer(lab))
    if plan:
        assess_concern(concern, done="Read.", plan=plan, by=officer(lab))
    return concern


def test_a_concern_is_due_two_hours_after_it_was_raised_and_the_same_day_once_taken_on(lab):
    with at(MORNING):
        raised = a_concern(lab)
        assert raised.due_at == MORNING + PATIENCE
        assert take_concern(raised, by=officer(lab)).due_at == datetime(2017, 3, 6, 22, 59, tzinfo=UTC)


@given(minutes=st.integers(0, 60 * 24 * 366), within=st.sampled_from(Within.values))
def test_what_is_due_is_never_less_than_two_hours_off_and_what_is_for_today_less_than_26(minutes, within):
    moment = MORNING + timedelta(minutes=minutes)
    with at(moment):
        left = due(within, Lab(time_zone="Europe/Stockholm")) - moment

    assert left >= PATIENCE
    if within in {Within.SOON, Within.TODAY}:
        assert left < timedelta(hours=26)


def test_each_step_says_what_comes_next_and_by_when(lab):
    with at(MORNING):
        concern = taken(lab)
        assess_concern(concern, done="Not in danger.", plan=Plan(Concern.Urgency.DAYS, "talk", Within.DAYS), by=officer(lab))

    concern.refresh_from_db()
    assert (concern.urgency, concern.next_step, concern.due_at.date().isoformat()) == (Concern.Urgency.DAYS, "talk", "2017-03-09")


def test_the_list_goes_by_urgency_then_by_what_is_due_and_closed_ones_come_last(lab):
    closed = taken(lab, TODAY)
    close_concern(closed, ended="Well.", by=officer(lab))
    calm, later = taken(lab, Plan(3, "talk", Within.SOON)), taken(lab, Plan(1, "talk", Within.WEEK))
    danger, unread = taken(lab, Plan(1, "talk", Within.SOON)), a_concern(lab)

    assert list(concerns_of(lab, reader=officer(lab))) == [unread, danger, later, calm, closed]


def test_the_list_says_what_is_next_and_what_is_late(lab):
    with at(MORNING):
        taken(lab, TODAY)

    page = a_client(lab, Role.SAFEGUARDING_DEPUTY).get(f"/en/labs/{lab.slug}/concerns/").content.decode()

    assert "Next: Talk, by 6 March 2017, 23:59" in page
    assert [word in page for word in ("Act today", "late")] == [True, True]


def test_a_report_is_written_down_with_the_municipality_that_has_it(lab):
    place = a_municipality("0114")
    concern = taken(lab)

    report_concern(concern, done="Handed over.", plan=Plan(1, "follow_up", Within.WEEK), to=place, by=officer(lab))

    assert [(step.kind, step.reported_to) for step in read_concern(concern, by=officer(lab)).steps] == [("report", place)]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernStep.objects.update(reported_to=None)


def test_each_step_stands_in_the_chain_with_who_did_it(lab):
    by = officer(lab)
    concern = take_concern(a_concern(lab), by=by)
    assess_concern(concern, done="Read.", plan=TODAY, by=by)
    talk_about_concern(concern, done="Talked.", plan=TODAY, by=by)
    close_concern(concern, ended="Well.", by=by)

    written = Record.objects.filter(chain=lab.public_id, actor=by.id).order_by("pk").values_list("verb", flat=True)
    assert list(written) == ["concern.take", "concern.assess", "concern.talk", "concern.close"]


def test_nothing_is_assessed_that_nobody_took_on_and_nothing_is_added_to_a_closed_one(lab):
    closed = taken(lab)
    close_concern(closed, ended="Well.", by=officer(lab))

    for concern in (a_concern(lab), closed):
        with pytest.raises(WrongState):
            assess_concern(concern, done="x", plan=TODAY, by=officer(lab))
    assert ConcernStep.objects.count() == 1


def test_a_step_that_is_refused_leaves_the_plan_as_it_was(lab):
    concern = taken(lab)

    with pytest.raises(NotAllowed):
        assess_concern(concern, done="x", plan=TODAY, by=an_actor(lab, Role.MODERATOR))

    concern.refresh_from_db()
    assert concern.urgency == Concern.Urgency.UNKNOWN


def test_a_report_without_a_municipality_is_asked_for_it(lab):
    concern = taken(lab)
    sent = {"form_key": NEXT, "kind": "report", "done": "Called.", "urgency": "1", "next_step": "follow_up", "within": "days"}

    answer = a_client(lab, Role.SAFEGUARDING_OFFICER).post(f"/en/labs/{lab.slug}/concerns/{concern.public_id}/", sent)

    assert answer.status_code == 422
    assert "Choose the municipality whose social services have it." in answer.content.decode()


def test_the_officer_s_first_page_names_what_is_to_go_on_with(lab):
    taken(lab)

    assert "1 concern to go on with" in a_client(lab, Role.SAFEGUARDING_OFFICER).get(f"/en/labs/{lab.slug}/desk/").content.decode()
