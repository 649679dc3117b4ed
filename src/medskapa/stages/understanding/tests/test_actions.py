import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.tests.makers import a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.clock import DUTIES
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.stages.listening.actions import correct_story, withdraw_story
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import a_statement, a_story, let_go, teller_of
from medskapa.stages.understanding.actions import (
    TooFewTellers,
    add_answers,
    add_quote,
    confirm_insight,
    edit_insight,
    keep_insight_inside,
    publish_insight,
    remove_evidence,
    set_aside_insight,
    step_back_insight,
    take_up_insight,
    write_insight,
)
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import stories_without_insight, tellers_of
from medskapa.stages.understanding.quoting import NotAQuote
from medskapa.stages.understanding.tests.makers import WORDS, a_quote, an_insight
from medskapa.stages.understanding.voices import voices_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab()


@pytest.fixture
def sense_maker(lab):
    return an_actor(lab, "sense_maker")


def test_an_insight_begins_as_a_draft_by_whoever_writes_it(lab, sense_maker):
    insight = write_insight(lab, title="Letters are not answers.", language="en", by=sense_maker)

    assert (insight.state, insight.made_by.public_id) == (Insight.State.DRAFT, sense_maker.key)


@pytest.mark.parametrize("role", ["public", "co_creator", "actor", "juror", "reader", "interpreter"])
def test_others_than_makers_write_no_insights(lab, role):
    with pytest.raises(NotAllowed):
        write_insight(lab, title="Letters are not answers.", language="en", by=an_actor(lab, role))


def test_nobody_writes_in_another_lab(lab, sense_maker):
    with pytest.raises(NotAllowed):
        write_insight(a_lab(), title="Letters are not answers.", language="en", by=sense_maker)


def test_an_edited_insight_keeps_its_state_and_evidence(lab, sense_maker):
    insight = an_insight(lab, state="confirmed")

    edit_insight(insight, title="Waiting in silence is hardest.", summary="For most.", language="en", by=sense_maker)

    again = Insight.objects.get(pk=insight.pk)
    assert (again.title, again.state, again.evidence.count()) == ("Waiting in silence is hardest.", Insight.State.CONFIRMED, 3)


def test_a_quote_is_sealed_under_the_storys_own_key(lab, sense_maker):
    story = a_story(lab, words=WORDS, released=True)

    evidence = add_quote(an_insight(lab, tellers=0), story=story, quote="two years", by=sense_maker)

    assert evidence.quote.key_id == story.key.public_id
    assert unseal(Evidence.objects.get(pk=evidence.pk)).quote == "two years"


def test_what_does_not_stand_in_the_story_is_no_quote(lab, sense_maker):
    story = a_story(lab, words=WORDS, released=True)

    with pytest.raises(NotAQuote):
        add_quote(an_insight(lab, tellers=0), story=story, quote="three years", by=sense_maker)


def test_line_breaks_do_not_make_another_quote(lab, sense_maker):
    story = a_story(lab, words="I waited\ntwo  years.", released=True)

    evidence = add_quote(an_insight(lab, tellers=0), story=story, quote="I waited two\nyears", by=sense_maker)

    assert unseal(evidence).quote == "I waited two years"


def test_the_tellers_own_words_are_not_quoted_when_a_changed_text_was_released(lab, sense_maker):
    story = a_story(lab, words="I waited in Storby.", released=True, texts={"sv": "I waited in a town."})

    with pytest.raises(NotAQuote):
        add_quote(an_insight(lab, tellers=0), story=story, quote="in Storby", by=sense_maker)


def test_a_story_that_is_not_released_cannot_be_quoted(lab, sense_maker):
    story = a_story(lab, words=WORDS)

    with pytest.raises(NotAllowed) as refusal:
        add_quote(an_insight(lab, tellers=0), story=story, quote="two years", by=sense_maker)

    assert refusal.value.status == 404


def test_one_teller_counts_once_however_many_quotes(lab):
    insight = an_insight(lab, tellers=0)
    teller = a_pseudonym(lab)

    for _number in range(3):
        a_quote(insight, story=a_story(lab, words=WORDS, released=True, teller=teller))

    assert tellers_of(insight) == 1


def test_what_speaks_against_an_insight_carries_nothing(lab):
    insight = an_insight(lab, tellers=2)

    a_quote(insight, side=Evidence.Side.AGAINST)

    assert tellers_of(insight) == 2


def test_the_same_statement_counts_once(lab, sense_maker):
    insight, statement = an_insight(lab, tellers=0), a_statement(lab)
    add_answers(insight, statement=statement, by=sense_maker)

    with pytest.raises(WrongState):
        add_answers(insight, statement=statement, by=sense_maker)


def test_three_tellers_confirm_and_two_do_not(lab, sense_maker):
    confirmed = confirm_insight(an_insight(lab, tellers=3), by=sense_maker)

    assert (confirmed.state, confirmed.confirmed_at is None) == (Insight.State.CONFIRMED, False)
    with pytest.raises(TooFewTellers) as refusal:
        confirm_insight(an_insight(lab, tellers=2), by=sense_maker)
    assert (refusal.value.tellers, refusal.value.needed) == (2, 3)


def test_five_tellers_make_it_public_and_four_do_not(lab):
    leader = an_actor(lab, "process_leader")

    assert publish_insight(an_insight(lab, tellers=5, state="confirmed"), by=leader).state == Insight.State.PUBLIC
    with pytest.raises(TooFewTellers):
        publish_insight(an_insight(lab, tellers=4, state="confirmed"), by=leader)


def test_a_draft_does_not_become_public_at_once(lab):
    with pytest.raises(WrongState):
        publish_insight(an_insight(lab, tellers=5), by=an_actor(lab, "process_leader"))


def test_only_the_process_leader_publishes(lab, sense_maker):
    with pytest.raises(NotAllowed):
        publish_insight(an_insight(lab, tellers=5, state="confirmed"), by=sense_maker)


def test_an_insight_goes_aside_and_comes_back_as_a_draft(lab, sense_maker):
    insight = set_aside_insight(an_insight(lab, state="confirmed"), by=sense_maker)

    assert take_up_insight(insight, by=sense_maker).state == Insight.State.DRAFT


def test_only_what_is_public_is_taken_back_into_the_lab(lab):
    leader = an_actor(lab, "process_leader")

    assert keep_insight_inside(an_insight(lab, state="public"), by=leader).state == Insight.State.CONFIRMED
    with pytest.raises(WrongState):
        keep_insight_inside(an_insight(lab), by=leader)


def test_a_public_insight_with_four_tellers_left_is_no_longer_public(lab, sense_maker):
    insight = an_insight(lab, state="public")

    remove_evidence(insight.evidence.select_related("insight__lab", "lab").first(), by=sense_maker)

    assert Insight.objects.get(pk=insight.pk).state == Insight.State.CONFIRMED


def test_each_action_leaves_one_record(lab, sense_maker):
    insight = an_insight(lab, tellers=3)

    confirm_insight(insight, by=sense_maker)

    last = Record.objects.filter(chain=lab.public_id).order_by("-number").first()
    assert (last.verb, last.actor, last.subject) == ("insight.confirm", sense_maker.id, f"understanding.insight:{insight.public_id}")


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_story_takes_its_quotes_along_and_public_insights_step_back():
    lab = a_lab()
    insight = an_insight(lab, state="public", reach=Reach.PUBLIC)
    story = insight.evidence.first().story

    withdraw_story(story, by=teller_of(story))

    left = insight.evidence.get(story=story)
    assert (left.quote, unseal(left).quote) == (None, None)
    assert Insight.objects.get(pk=insight.pk).state == Insight.State.CONFIRMED


@pytest.mark.django_db(transaction=True)
def test_an_insight_with_enough_tellers_left_stays_public_after_a_withdrawal():
    lab = a_lab()
    insight = an_insight(lab, state="public", tellers=6)
    story = insight.evidence.first().story

    withdraw_story(story, by=teller_of(story))

    assert (Insight.objects.get(pk=insight.pk).state, tellers_of(insight)) == (Insight.State.PUBLIC, 5)


def test_evidence_rests_on_a_story_or_a_statement_and_not_on_both(lab):
    insight = an_insight(lab, tellers=0)

    for wrong in ({}, {"story": a_story(lab), "statement": a_statement(lab)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(lab=lab, insight=insight, **wrong)


def test_a_confirmed_insight_says_when(lab):
    with pytest.raises(IntegrityError), transaction.atomic():
        Insight.objects.create(lab=lab, title="Nothing", state=Insight.State.CONFIRMED)


def test_only_the_withdrawal_task_steps_back(lab):
    with pytest.raises(NotAllowed):
        step_back_insight(an_insight(lab, state="public"), by=an_actor(lab, "process_leader"))
    assert step_back_insight(an_insight(lab, state="public"), by=Actor.system("withdrawal", lab.public_id)).state == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_a_corrected_story_takes_its_quotes_along_and_public_insights_step_back():
    lab = a_lab()
    insight = an_insight(lab, state="public", reach=Reach.PUBLIC)
    story = insight.evidence.first().story

    correct_story(story, words="Something else.", by=teller_of(story))

    assert insight.evidence.get(story=story).quote is None
    assert (Insight.objects.get(pk=insight.pk).state, tellers_of(insight)) == (Insight.State.CONFIRMED, 4)


def test_what_a_crash_left_public_below_five_tellers_steps_back_with_the_next_minute(lab):
    left, carried = (an_insight(lab, state="public", reach=Reach.PUBLIC) for _number in range(2))
    story = left.evidence.first().story
    correct_story(story, words="Something else.", by=teller_of(story))  # its transaction stays open: nothing steps back by itself
    before = Insight.objects.get(pk=left.pk).state

    for _minute in range(2):
        DUTIES["medskapa.stages.understanding.withdrawals.step_back_too_few"].work()

    states = [Insight.objects.get(pk=insight.pk).state for insight in (left, carried)]
    assert (before, states) == (Insight.State.PUBLIC, [Insight.State.CONFIRMED, Insight.State.PUBLIC])


def test_the_words_of_a_corrected_story_can_be_quoted_anew_once_they_are_out(lab):
    insight = an_insight(lab, tellers=3)
    story = insight.evidence.first().story
    row = correct_story(story, words="Something else, and more.", by=teller_of(story))

    let_go(row, texts={"sv": "Something else, and more."}, edition=2)

    with at(now() + UNDO):
        with pytest.raises(NotAQuote):
            a_quote(insight, story=row, quote=WORDS)
        assert stories_without_insight(lab).get() == row
        a_quote(insight, story=row, quote="Something else")
        assert tellers_of(insight) == 3
        voices = voices_behind([insight], reader=an_actor(lab, "actor"))
    assert "Something else" in [voice.text for voice in voices]
