"""The demo lab holds what the lab of the story holds, and says of everything whether it is real."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import AgeBand, Gathering, Lab, Participation, Pseudonym, RoleGiven
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.stages import walk
from medskapa.ground.people.models import Account, Organisation
from medskapa.ground.people.roles import Role
from medskapa.ground.places.models import Municipality
from medskapa.ground.safeguarding.retention import kept_by
from medskapa.outlook.demo.codes import known_codes
from medskapa.outlook.demo.load import DemoIsThere, load_demo
from medskapa.outlook.thread.models import Echo
from medskapa.outlook.thread.waiting import waits
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype, Trial
from medskapa.stages.incubation.models import Goal, Report, Support
from medskapa.stages.labday.doors import open_doors
from medskapa.stages.listening.actions.growing import is_age_asked
from medskapa.stages.listening.models import AnswersSetAside, Card, Message, PartnerLink, Statement, Story, Version, Vote
from medskapa.stages.listening.queries import waiting_for_answer
from medskapa.stages.outcomes.models import Measurement
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.selection.models import Application, BestInterests, Decision, JurorSeat, Review
from medskapa.stages.understanding.models import Insight

pytestmark = pytest.mark.django_db


def test_it_is_not_loaded_twice(demo):
    with pytest.raises(DemoIsThere):
        load_demo()

    assert Lab.objects.filter(is_demo=True).count() == 1


@pytest.mark.parametrize(
    ("model", "number"),
    [
        (Story, 64),
        (Pseudonym, 64),
        (Statement, 47),
        (Vote, 2180),
        (Idea, 40),
        (Prototype, 12),
        (Application, 12),
        (Decision, 12),
        (JurorSeat, 5),
        (Review, 55),
        (BestInterests, 3),
        (Support, 3),
        (Pilot, 3),
        (Adoption, 2),
        (Echo, 29),
    ],
)
def test_it_holds_what_it_promises(demo, model, number):
    assert model.objects.filter(lab=demo).count() == number


def test_the_stories_are_told_by_44_people_in_seven_languages(demo):
    stories = Story.objects.filter(lab=demo)

    assert stories.values("teller").distinct().count() == 44
    assert set(stories.values_list("language", flat=True)) == {"sv", "en", "prs", "ar", "so", "ti", "ps"}


def test_60_people_answered_the_statements(demo):
    assert Vote.objects.filter(lab=demo).values("pseudonym").distinct().count() == 60


def test_some_stories_wait_at_the_desk_and_one_was_taken_back(demo):
    states = Counter(Story.objects.filter(lab=demo).values_list("state", flat=True))

    assert states == {"released": 56, "told": 6, "held": 1, "withdrawn": 1}


def test_most_ideas_are_no_apps(demo):
    assert Idea.objects.filter(lab=demo, kind="digital_service").count() < 10


def test_insights_stand_at_every_step_and_each_rests_on_evidence(demo):
    insights = Insight.objects.filter(lab=demo).annotate(number=Count("evidence"))

    assert {insight.state for insight in insights} == {"draft", "confirmed", "public"}
    assert min(insight.number for insight in insights) > 0


def test_every_trial_but_one_has_its_result(demo):
    results = Counter(Trial.objects.filter(lab=demo).values_list("result", flat=True))

    assert results["planned"] == 1
    assert {"held_up", "fell", "unclear"} <= set(results)


def test_three_were_selected_with_children_s_best_interests_weighed(demo):
    selected = Decision.objects.filter(lab=demo, outcome="selected")

    assert [decision.best_interests is not None for decision in selected] == [True, True, True]
    assert not Decision.objects.filter(lab=demo, chain_head="").exists()


def test_each_support_has_goals_in_all_areas_and_reports_that_were_read(demo):
    for support in Support.objects.filter(lab=demo):
        assert set(Goal.objects.filter(support=support).values_list("area", flat=True)) == set(Goal.Area.values)
        assert set(Report.objects.filter(support=support).values_list("state", flat=True)) == {"read"}


def test_one_pilot_was_stopped_with_its_reason_and_gave_a_new_challenge(demo):
    stopped = Pilot.objects.get(lab=demo, state="stopped")

    assert "Stoppregeln" in stopped.reason
    assert stopped.next_challenges.count() == 1


def test_pilots_are_measured_for_two_years_from_before_they_began(demo):
    for pilot in Pilot.objects.filter(lab=demo):
        days = Measurement.objects.filter(indicator__pilot_links__pilot=pilot, municipality=pilot.municipality)
        assert days.filter(is_baseline=True, measured_on__lt=pilot.starts_on).exists()
        assert days.filter(measured_on__gt=f"{pilot.starts_on.year + 1}-09-01").exists()


def test_there_is_a_demo_person_for_every_role(demo):
    roles = RoleGiven.objects.filter(lab=demo, participation__account__is_demo=True).values_list("role", flat=True)

    assert set(roles) == set(Role.values)
    assert all(email.endswith("@example.org") for email in Account.objects.filter(is_demo=True).values_list("email", flat=True))


def test_44_organisations_are_real_and_say_where_that_stands(demo):
    page = "Förnyelselabbet: En syl i vädret (project page), fornyelselabbet.se"
    listed = Organisation.objects.filter(is_demo=True, source=page).exclude(kind="foundation")

    assert listed.count() == 44


def test_three_municipalities_are_invented_and_stand_outside_the_290(demo):
    assert Municipality.objects.filter(is_invented=False).count() == 290
    assert set(Municipality.objects.filter(is_invented=True).values_list("code", flat=True)) == {"X001", "X002", "X003"}


def test_pilots_and_units_that_own_them_lie_in_invented_municipalities(demo):
    for pilot in Pilot.objects.filter(lab=demo).select_related("municipality", "owner__organisation"):
        assert pilot.municipality.is_invented
        assert pilot.owner.organisation.source is None


def test_what_has_no_source_bears_the_demo_mark_and_what_has_one_does_not(demo):
    ideas = {idea.title: idea for idea in Idea.objects.filter(lab=demo).select_related("lab")}

    assert not ideas["Meet Sweden"].bears_demo_mark
    assert "vinnova.se" in ideas["Meet Sweden"].source
    assert ideas["Vem gör vad-kortet"].bears_demo_mark
    assert not demo.bears_demo_mark
    assert [one.name for one in Gathering.objects.filter(lab=demo, source=None)] == ["Öppet labb på biblioteket"]


def test_real_ideas_end_where_their_sources_end(demo):
    for idea in Idea.objects.filter(lab=demo, source__isnull=False):
        assert "Inget resultat är publicerat" in idea.summary
        assert idea.by_pseudonym is None
        assert idea.by_participation is None


def test_whoever_told_was_answered_in_their_language(demo):
    answers = Message.objects.filter(lab=demo, from_lab=True, story__isnull=False).select_related("story")

    assert answers.count() == 59
    assert all(answer.language == answer.story.language for answer in answers)


def test_nobody_waits_but_those_of_the_last_days(demo):
    waiting = waits(demo).waiting
    wrote = waiting_for_answer(demo, reader=Actor.system("demo", demo.public_id))

    assert len(waiting) == 5
    assert not any(one.is_answered for one in waiting)
    assert 5 <= len(wrote) <= 7
    assert all(now() - one.since < timedelta(days=14) for one in [*waiting, *wrote])


def test_the_open_promise_is_not_late_and_the_next_trial_lies_ahead(demo):
    promised = Challenge.objects.get(lab=demo, promise_due_on__isnull=False, promise_kept_on=None)
    planned = Trial.objects.get(lab=demo, result="planned")

    assert promised.promise_due_on == today_of(demo) + timedelta(days=60)
    assert planned.planned_on > today_of(demo)


def test_the_texts_of_the_lab_can_be_read_in_english(demo):
    worded = set(demo.all_wordings.filter(language="en").values_list("subject", "field"))
    fields = {
        Pilot: ("reason", "stop_rule", "if_it_works"),
        Report: ("period", "happened", "next", "reply"),
        BestInterests: ("who", "views"),
    }
    texts = [(row.public_id, field) for model, names in fields.items() for row in model.objects.filter(lab=demo) for field in names]

    assert [text for text in texts if text not in worded] == []


def test_what_everybody_meets_first_can_be_read_in_arabic_and_dari(demo):
    for language in ("ar", "prs"):
        worded = set(demo.all_wordings.filter(language=language).values_list("subject", "field"))
        assert {(demo.public_id, field) for field in ("name", "target_group", "purpose")} <= worded
        assert {(phase.public_id, "young_decide") for phase in demo.phases.all()} <= worded
        assert {(row.public_id, field) for row in Challenge.objects.filter(lab=demo) for field in ("title", "summary")} <= worded


def test_its_chain_is_whole(demo):
    verdict = chain.verify_kept()

    assert verdict.finding is None
    assert verdict.missing_head is None
    assert verdict.lengths[demo.chain_key] > 1000


def test_whoever_comes_back_with_a_known_code_is_of_age_and_sees_their_thread_at_once(demo):
    for code in known_codes().values():
        teller = find_by_code(code, source="127.0.0.1")
        assert (teller.age_band, is_age_asked(teller)) == (AgeBand.ADULT, False)


def test_the_known_codes_open_their_tellers_pages(demo):
    teller = find_by_code(known_codes()["t01"], source="127.0.0.1")

    assert teller.lab == demo
    assert teller.stories.count() == 2


def test_one_story_reaches_an_adoption_and_comes_back_as_an_echo(demo):
    teller = find_by_code(known_codes()["t01"], source="127.0.0.1")
    story = teller.stories.order_by("told_at").first()

    reached = {node.stage for node in walk(story, Actor.system("demo", demo.public_id)).nodes}

    assert {"listen", "understand", "create", "prototype", "choose", "support", "realise", "spread"} <= reached
    assert set(teller.echoes_heard.values_list("echo__stage", flat=True)) >= {"understand", "prototype", "choose", "realise", "spread"}


def test_an_echo_can_be_read_in_its_hearers_languages(demo):
    first = Echo.objects.filter(lab=demo).order_by("sent_at").first()
    spoken = set(Pseudonym.objects.filter(echoes_heard__echo=first).values_list("language", flat=True))

    worded = set(demo.all_wordings.filter(subject=first.public_id).values_list("language", flat=True))

    assert spoken <= worded | {"sv"}
    assert len(spoken) > 2


def test_those_who_moderated_left_a_line_and_the_teller_can_see_it(demo):
    story = Story.objects.filter(lab=demo).order_by("told_at").first()

    assert [reading.role for reading in chain.readings_of(story)] == ["moderator"]
    assert story.teller.public_id == actor_of_pseudonym(story.teller).key


def test_two_of_the_five_jurors_come_from_the_target_group(demo):
    assert JurorSeat.objects.filter(lab=demo, is_from_target_group=True).count() == 2
    assert Participation.objects.filter(lab=demo, juries__isnull=False).count() == 5


def test_two_of_six_paper_cards_have_come_back_and_one_was_read_back(demo):
    cards = Card.objects.filter(lab=demo)
    told = Story.objects.filter(lab=demo, writer="card")

    assert [cards.count(), cards.filter(teller__isnull=False).count(), sum(card.is_waiting for card in cards)] == [6, 2, 4]
    assert [story.is_to_be_read_back for story in told.order_by("told_at")] == [False, True]


def test_an_organisation_collects_and_two_stories_came_by_it_written_for_their_tellers_and_read_back(demo):
    link = PartnerLink.objects.get(lab=demo)

    assert link.is_open
    assert [(story.writer, story.is_to_be_read_back) for story in link.stories.all()] == [("organisation", False)] * 2


def test_a_suggestion_was_refused_with_its_reason_and_a_burst_of_answers_set_aside(demo):
    refused, aside = Statement.objects.get(lab=demo, state="set_aside"), AnswersSetAside.objects.get(lab=demo)

    assert [(one.reason, one.by.name) for one in refused.decisions.all()] == [("points_out", "Jonas Hedvall")]
    assert (aside.people_count, aside.answers_count, aside.votes.count()) == (8, 48, 48)


def test_two_translations_were_read_by_a_second_interpreter(demo):
    read = Version.objects.filter(lab=demo).exclude(checked_by="").order_by("checked_by")

    assert [version.checked_by for version in read] == ["Tom Almgren", "Yusuf Darwazeh"]


def test_a_gathering_is_open_to_whoever_reads_its_digits(demo):
    assert [door.gathering.name for door in open_doors()] == ["Öppet labb på biblioteket"]


def test_nothing_of_the_demo_is_past_its_time_on_the_day_it_is_loaded(demo):
    assert [kept.kind.name for kept in kept_by(demo) if kept.due_count] == []
