"""A list asks the store the same number of questions with one row and with three, for whoever sees most of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, client_of
from medskapa.ground.people.roles import Role
from medskapa.outlook.thread.tests.makers import an_echo
from medskapa.stages.incubation.tests.makers import a_goal, a_report, a_support, an_event
from medskapa.stages.listening.tests.makers import a_card, a_partner_link
from medskapa.stages.outcomes.tests.makers import a_measurement, an_indicator
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption
from medskapa.stages.selection.tests.makers import a_best_interests, a_call, a_decision, an_application
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db


def supported(lab: Lab) -> None:
    support = a_support(lab)
    a_goal(support)
    an_event(support)
    a_report(support)


LISTS: dict[str, Callable[[Lab], Any]] = {
    "selection:calls": a_call,
    "selection:applications": lambda lab: an_application(a_call(lab)),
    "selection:decisions": lambda lab: a_decision(lab=lab),
    "selection:all_best_interests": a_best_interests,
    "incubation:supports": supported,
    "incubation:portfolio": supported,
    "incubation:reports": supported,
    "listening:cards": a_card,
    "listening:partners": a_partner_link,
    "outcomes:indicators": lambda lab: a_measurement(an_indicator(lab)),
    "pilots:pilots": a_pilot,
    "pilots:adoptions": lambda lab: an_adoption(a_pilot(lab)),
    "thread:echoes": lambda lab: an_echo(lab, an_insight(lab), [a_pseudonym(lab)]),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_one_row_and_with_three(name):
    lab = a_lab(language="en")
    reader = client_of(a_participation(lab, Role.PROCESS_LEADER, Role.PROGRAMME_MANAGER))
    address = reverse(name, kwargs={"lab": lab.slug})
    counts = {}
    for rows in (1, 2, 3):
        LISTS[name](lab)
        reader.get(address)  # what is kept between pages is kept
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(address).status_code == 200
        counts[rows] = len(asked)

    assert counts[1] == counts[3]
    assert counts[3] <= 25
