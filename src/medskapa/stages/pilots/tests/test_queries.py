"""How pilots stand, where they are on the map, and what they cost to read."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils.html import strip_tags

from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.stages import walk
from medskapa.ground.people.roles import Role
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.ground.web.templatetags.medskapa import in_words
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype
from medskapa.stages.incubation.tests.makers import a_support
from medskapa.stages.outcomes.tests.makers import a_measurement
from medskapa.stages.pilots import actions, queries
from medskapa.stages.pilots.map import map_of, tried_in
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.pilots.panels import figures, measurements_to_note, pilots_to_judge, where_it_is_tried
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption, demo_of, measured_before
from medskapa.stages.selection.tests.makers import a_call, a_decision, an_application, moved_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_a_pilot_shows_before_and_now_in_its_own_municipality(lab):
    pilot = a_pilot(lab, "planned")
    indicator = measured_before(pilot)
    a_measurement(indicator, 68, municipality=pilot.municipality, margin=4)
    a_measurement(indicator, 44, municipality=a_municipality("0114", name="Upplands Väsby"))
    Pilot.objects.filter(pk=pilot.pk).update(state="planned")

    aim = queries.aims_of(pilot, reader=an_actor(lab, "public"))[0]

    assert (aim.standing.change.before.value, aim.standing.change.now.value) == (41, 68)


def test_the_map_lights_places_and_puts_invented_ones_beside_the_country(lab):
    invented = a_municipality("X001", name="Lindköping", is_invented=True, county=None, group=None)

    drawn = map_of([a_municipality(), invented])

    assert [(place.name, place.is_beside) for place in drawn.lit] == [("Eskilstuna", False), ("Lindköping", True)]
    assert drawn.lit_count == 1
    assert drawn.dots.count("M") == drawn.count - 1
    assert drawn.count == 290


def test_names_on_the_map_do_not_meet(lab):
    near = [a_municipality(code, name=code) for code in ("0180", "0182", "0183", "0184", "0186")]

    lines = [float(place.text_y) for place in map_of(near).lit]

    assert all(below - above >= 34 for above, below in pairwise(lines))


def test_what_was_stopped_is_not_tried_any_more(lab):
    running = a_pilot(lab)
    a_pilot(lab, "stopped")
    taken_on = an_adoption(running, state="decided")
    an_adoption(running, a_municipality("0115", name="Vallentuna"))

    assert tried_in(lab) == [running, taken_on]


def test_the_front_says_nothing_before_there_is_something(lab):
    assert where_it_is_tried(an_actor(lab, "public"), lab) is None
    assert figures(an_actor(lab, "public"), lab) is None


def test_leads_are_reminded_of_what_to_measure_and_to_decide(lab):
    lead = a_participation(lab, Role.PILOT_LEAD)
    today = today_of(lab)
    a_pilot(lab, lead=lead, starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=3))
    reader = actor_of_participation(lead)

    assert [strip_tags(in_words(todo)) for todo in measurements_to_note(reader, lab)] == ["Measure “I know what to do with a letter”."]
    assert [strip_tags(in_words(todo)) for todo in pilots_to_judge(reader, lab)] == ["Decide whether “The letter kiosk” is kept."]
    assert len(pilots_to_judge(an_actor(lab, Role.PROGRAMME_MANAGER), lab)) == 1
    assert pilots_to_judge(an_actor(lab, Role.PILOT_LEAD), lab) == []


def test_the_thread_runs_from_the_prototype_to_the_next_challenge_and_ends(lab):
    challenge = Challenge.objects.create(lab=lab, title="How might we?", state="open")
    idea = Idea.objects.create(lab=lab, challenge=challenge, title="Kiosk", summary="Letters.")
    prototype = Prototype.objects.create(lab=lab, idea=idea, title="A table", summary="In the library.")
    application = an_application(a_call(lab), prototype=prototype)
    moved_on(application.call, "judging")
    support = a_support(lab, a_decision(application=application))
    pilot = a_pilot(lab, support=support)
    adoption = an_adoption(pilot)
    actions.give_next_challenge(pilot, challenge=challenge, by=demo_of(lab))

    rows = {node.row for node in walk(pilot, an_actor(lab, Role.PROGRAMME_MANAGER)).nodes if node.row}

    assert {challenge, idea, prototype, application, support.decision, support, pilot, adoption} <= rows


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(lab, number, django_assert_num_queries):
    pilots = [a_pilot(lab) for _ in range(number)]
    for pilot in pilots:
        measured_before(pilot)
        an_adoption(pilot)
    reader = an_actor(lab, "public")

    with django_assert_num_queries(2):
        assert len([(row.municipality.name, str(row.owner)) for row in queries.pilots_of(lab)]) == number
        assert len([(row.municipality.name, row.pilot.title) for row in queries.adoptions_of(lab)]) == number
    with django_assert_num_queries(3):
        assert len([aim.standing.change for aim in queries.aims_of(pilots[0], reader=reader)]) == 2


def test_every_state_of_an_adoption_can_be_reached():
    assert set(Adoption.State.values) == {"considering", *(state for states in Adoption.MOVES.values() for state in states)}
