"""What is always true of indicators and measurements."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.people.roles import Role
from medskapa.stages.outcomes import actions
from medskapa.stages.outcomes.errors import Frozen, NotYet
from medskapa.stages.outcomes.models import Measurement
from medskapa.stages.outcomes.tests.makers import a_measurement, an_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_an_indicator_can_change_until_something_is_measured(lab):
    indicator, leader = an_indicator(lab), an_actor(lab, Role.PROGRAMME_MANAGER)
    actions.edit_indicator(indicator, unit="days", by=leader)

    a_measurement(indicator)

    with pytest.raises(Frozen):
        actions.edit_indicator(indicator, unit="weeks", by=leader)


def test_nothing_was_measured_on_a_day_to_come(lab):
    with pytest.raises(NotYet):
        a_measurement(an_indicator(lab), on=today_of(lab) + timedelta(days=1))


def test_the_store_refuses_a_margin_that_is_upside_down(lab):
    measurement = a_measurement(an_indicator(lab), margin=3)

    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=measurement.pk).update(low=60, high=40)


def test_young_people_write_indicators_and_do_not_note_measurements(lab):
    young = an_actor(lab, "co_creator")

    indicator = actions.write_indicator(
        lab, title="I sleep", summary="Asked.", language="sv", unit="of 100", written_by_young=True, by=young
    )

    with pytest.raises(NotAllowed):
        actions.note_measurement(indicator, value=1, measured_on=today_of(lab), by=young)


@pytest.mark.parametrize("role", [Role.READER, Role.JUROR, "public"])
def test_who_only_reads_changes_nothing(lab, role):
    with pytest.raises(NotAllowed):
        actions.edit_indicator(an_indicator(lab), unit="days", by=an_actor(lab, role))
