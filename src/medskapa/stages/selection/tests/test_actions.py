"""What is always true of calls, applications and reviews."""

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.errors import RolesClash
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor
from medskapa.ground.ledger.chain import readings_of
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.people.roles import Role
from medskapa.stages.selection import actions
from medskapa.stages.selection.errors import (
    Frozen,
    HasReviews,
    NeedsName,
    NoCriteria,
    NotAccepting,
    NotJuror,
    ReviewSent,
    ReviewUnfinished,
)
from medskapa.stages.selection.models import Application, Score
from medskapa.stages.selection.tests.makers import (
    a_call,
    a_juror,
    a_review,
    actor_of,
    an_application,
    moved_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def test_a_call_opens_only_when_it_says_what_counts(lab):
    call = a_call(lab, state="draft", criteria=0)

    with pytest.raises(NoCriteria):
        actions.open_call(call, by=an_actor(lab, Role.PROGRAMME_MANAGER))


def test_what_counts_is_fixed_once_the_call_is_open(lab):
    call = a_call(lab)
    leader = an_actor(lab, Role.PROGRAMME_MANAGER)
    criterion = call.criteria.get()

    for change in (
        lambda: actions.add_criterion(call, title="New", lowest="a", highest="b", by=leader),
        lambda: actions.edit_criterion(criterion, title="New", lowest="a", highest="b", weight=2, by=leader),
        lambda: actions.remove_criterion(criterion, by=leader),
        lambda: actions.edit_call(call, places=9, by=leader),
    ):
        with pytest.raises(Frozen):
            change()


def test_somebody_who_applies_gets_no_seat_in_the_jury(lab):
    call = a_call(lab)
    both = a_participation(lab, Role.JUROR, Role.INNOVATOR)
    an_application(call, applicant=both, is_sent=False)

    with pytest.raises(RolesClash):
        a_juror(call, both)


def test_a_juror_does_not_apply_to_the_call_they_judge(lab):
    call = a_call(lab)
    both = a_participation(lab, Role.JUROR, Role.INNOVATOR)
    a_juror(call, both)

    with pytest.raises(RolesClash):
        an_application(call, applicant=both)


def test_a_juror_who_took_their_application_back_may_judge(lab):
    call = a_call(lab)
    both = a_participation(lab, Role.JUROR, Role.INNOVATOR)
    application = an_application(call, applicant=both)
    actions.take_back_application(application, by=actor_of(both))

    assert a_juror(call, both).participation == both


def test_who_leads_the_programme_does_not_judge(lab):
    with pytest.raises(RolesClash):
        a_juror(a_call(lab), a_participation(lab, Role.PROGRAMME_MANAGER, Role.JUROR))


def test_nobody_applies_to_a_call_that_is_not_open(lab):
    call = a_call(lab, state="judging")

    with pytest.raises(NotAccepting):
        an_application(call)


def test_a_code_alone_cannot_apply(lab):
    with pytest.raises(NeedsName):
        actions.write_application(a_call(lab), title="Me", summary="Me", language="sv", by=an_actor(lab, "co_creator"))


def test_a_sent_application_stays_as_it_is(lab):
    who = a_participation(lab, Role.INNOVATOR)
    application = an_application(a_call(lab), applicant=who)

    with pytest.raises(WrongState):
        actions.edit_application(application, title="Better", by=actor_of(who))


def test_nobody_sends_the_application_of_another(lab):
    application = an_application(a_call(lab), is_sent=False)

    with pytest.raises(NotAllowed) as refused:
        actions.send_application(application, by=an_actor(lab, Role.INNOVATOR))

    assert refused.value.status == 404


def test_a_conflict_of_interest_shuts_the_review(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    actions.declare_conflict(application, reason="Same family.", by=actor_of(juror.participation))

    with pytest.raises(NotAllowed):
        actions.write_review(application, scores={}, by=actor_of(juror.participation))


def test_a_juror_of_another_call_declares_nothing_here(lab):
    application, stranger = an_application(a_call(lab)), a_juror(a_call(lab))

    with pytest.raises(NotJuror):
        actions.declare_conflict(application, juror=stranger, reason="Same family.", by=an_actor(lab, Role.PROGRAMME_MANAGER))


def test_an_unfinished_review_is_not_sent(lab):
    call = a_call(lab, criteria=2)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    by = actor_of(juror.participation)
    review = actions.write_review(application, scores={call.criteria.first(): 4}, strengths="Near.", change="More.", by=by)

    with pytest.raises(ReviewUnfinished):
        actions.send_review(review, by=by)


def test_a_sent_review_no_longer_changes(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    a_review(application, juror)

    with pytest.raises(ReviewSent):
        a_review(application, juror, value=1)


def test_a_juror_who_has_judged_keeps_the_seat(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    a_review(application, juror)

    with pytest.raises(HasReviews):
        actions.unseat_juror(juror, by=an_actor(lab, Role.PROGRAMME_MANAGER))


def test_the_store_takes_no_score_above_five(lab):
    call = a_call(lab)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")
    review = a_review(application, juror)

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(review=review).update(value=6)


def test_reading_in_a_blind_call_leaves_a_line_for_the_applicant(lab):
    call = a_call(lab, is_blind=True)
    application, juror = an_application(call), a_juror(call)
    moved_on(call, "judging")

    actions.read_applications(call, applications=[application], by=actor_of(juror.participation))

    assert [read.role for read in readings_of(application)] == ["juror"]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.JUROR, Role.INNOVATOR, Role.READER, "public"])
def test_only_who_leads_calls_writes_one(lab, role):
    with pytest.raises(NotAllowed):
        actions.open_call(a_call(lab, state="draft"), by=an_actor(lab, role))


def test_the_store_knows_when_an_application_was_sent(lab):
    application = an_application(a_call(lab))

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="sent", sent_at=None)
