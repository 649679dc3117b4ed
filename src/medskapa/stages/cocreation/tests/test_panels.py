from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.people.tests.makers import a_unit
from medskapa.ground.web.templatetags.medskapa import in_words
from medskapa.stages.cocreation.panels import figures, front, next_step, todos
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab()


def texts(actor, lab):
    return [strip_tags(in_words(todo)) for todo in todos(actor, lab)]


def test_a_problem_owner_is_reminded_of_promises_and_of_those_still_to_make(lab):
    unit = a_unit()
    day = today_of(lab) + timedelta(days=10)
    a_challenge(lab, title="How might we keep?", owner=unit, due_on=day)
    a_challenge(lab, title="How might we promise?", owner=unit)
    a_challenge(lab, title="How might others?", due_on=day)
    owner = actor_of_participation(a_participation(lab, "problem_owner", unit=unit))

    assert texts(owner, lab) == [
        "You promised to decide something: “How might we keep?”.",
        "Say what you can decide about “How might we promise?”.",
    ]
    assert todos(owner, lab)[0].due.date() >= day


def test_a_facilitator_opens_drafts_and_notes_results(lab):
    a_challenge(lab, state="draft", title="How might we draft?")
    a_trial(a_prototype(lab, title="The letter desk"))

    assert texts(an_actor(lab, "facilitator"), lab) == [
        "Open this challenge, or change it: “How might we draft?”.",
        "Note what came out of the trial of “The letter desk”.",
    ]


def test_a_co_creator_is_led_to_a_challenge_and_later_to_their_team(lab):
    somebody = a_pseudonym(lab)
    idea = an_idea(lab)
    assert texts(actor_of_pseudonym(somebody), lab) == ["1 challenge is open for ideas."]

    a_team(idea, name="Team Letter", members=(somebody,))

    assert texts(actor_of_pseudonym(somebody), lab) == ["See how it goes in your team: “Team Letter”."]


def test_the_front_shows_three_open_questions_and_no_drafts(lab):
    for number in range(4):
        a_challenge(lab, title=f"How might we {number}?")
    a_challenge(lab, state="draft")

    _template, context = front(an_actor(lab, "process_leader"), lab)

    assert (len(context["challenges"]), context["has_more"], {one.state for one in context["challenges"]}) == (3, True, {"open"})
    assert front(an_actor(lab, "public"), a_lab()) is None


def test_the_figures_count_ideas_and_prototypes(lab):
    a_prototype(lab)

    assert figures(an_actor(lab, "public"), lab)[1] == {"ideas": 1, "prototypes": 1}


def test_a_challenge_is_offered_on_confirmed_insights_to_those_who_frame(lab):
    confirmed, draft = an_insight(lab, state="confirmed"), an_insight(lab)

    offers = [
        next_step(an_actor(lab, role), insight)
        for role, insight in (("facilitator", confirmed), ("facilitator", draft), ("actor", confirmed))
    ]

    assert [offer is not None for offer in offers] == [True, False, False]
