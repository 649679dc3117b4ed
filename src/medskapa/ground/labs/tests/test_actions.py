"""What is always true of labs and their people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actions import (
    add_participation,
    agree,
    close_lab,
    edit_lab,
    edit_participation,
    end_role,
    give_role,
    open_lab,
    remove_help_contact,
    start_lab,
    withdraw_agreement,
    word,
)
from medskapa.ground.labs.actors import actor_of_account, actor_of_participation, roles_in_force, roles_in_force_of_account
from medskapa.ground.labs.errors import AlreadyHere, NotReady, RolesClash
from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.queries import labs_of
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_phase, an_actor
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit, an_account, an_operator, an_organisation

pytestmark = pytest.mark.django_db


def leader_of(lab: Lab) -> Actor:
    return an_actor(lab, Role.PROCESS_LEADER)


def test_an_operator_starts_a_lab_and_leads_it():
    operator = an_operator(name="Sara")

    lab = start_lab(operator, by=actor_of_account(operator, None), name="Första året", target_group="unga")

    assert lab.slug == "forsta-aret"
    assert actor_of_account(operator, lab).roles == {"process_leader"}
    assert Record.objects.filter(chain="installation", verb="lab.start").count() == 1


def test_nobody_else_starts_a_lab():
    account = an_account()

    with pytest.raises(NotAllowed):
        start_lab(account, by=actor_of_account(account, None), name="A lab", target_group="unga")


def test_two_labs_of_one_name_have_two_addresses():
    operator = an_operator()
    by = actor_of_account(operator, None)

    first = start_lab(operator, by=by, name="New", target_group="unga")
    second = start_lab(operator, by=by, name="New", target_group="unga")

    assert first.slug != second.slug
    assert "new" not in {first.slug, second.slug}


def test_a_lab_opens_only_with_everything_that_keeps_people_safe():
    lab = a_lab(ready=False, languages=[])

    with pytest.raises(NotReady) as refused:
        open_lab(lab, by=leader_of(lab))

    assert len(refused.value.reasons) == 5
    lab.refresh_from_db()
    assert lab.state == Lab.State.SETTING_UP


def test_a_lab_with_everything_opens_closes_and_opens_again():
    lab = a_lab(state=Lab.State.SETTING_UP, opened_at=None)
    leader = leader_of(lab)

    open_lab(lab, by=leader)
    close_lab(lab, by=leader)
    open_lab(lab, by=leader)

    assert lab.state == Lab.State.OPEN
    with pytest.raises(WrongState):
        open_lab(lab, by=leader)


def test_an_open_lab_keeps_its_last_help_contact():
    lab = a_lab()

    with pytest.raises(NotReady):
        remove_help_contact(lab.help_contacts.get(), by=leader_of(lab))

    assert lab.help_contacts.count() == 1


def test_an_open_lab_keeps_the_kind_of_its_host():
    lab = a_lab()

    with pytest.raises(NotReady):
        edit_lab(lab, host_kind="", by=leader_of(lab))


def test_the_store_refuses_an_open_lab_without_a_kind_of_host():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_lab(host_kind="")


def test_a_text_of_the_lab_is_said_in_another_language_beside_the_original():
    lab = a_lab(name="Första året")

    word(lab, "name", "ar", "السنة الأولى", by=leader_of(lab), translator="Amal")

    assert worded_one(lab, "ar").wordings["name"].text == "السنة الأولى"
    assert lab.name == "Första året"


def test_a_role_ends_when_it_is_ended_and_by_itself():
    lab = a_lab()
    leader = leader_of(lab)
    somebody = a_participation(lab)

    given = give_role(somebody, Role.MODERATOR, by=leader)
    give_role(somebody, Role.FACILITATOR, by=leader, until=now() + timedelta(days=2))
    end_role(given, by=leader)

    assert actor_of_participation(somebody).roles == actor_of_account(somebody.account, lab).roles == {"facilitator"}
    with at(now() + timedelta(days=3)):
        assert actor_of_participation(somebody).roles == frozenset()
        assert actor_of_account(somebody.account, lab).kind == "account"
    with pytest.raises(WrongState):
        end_role(given, by=leader)


def test_a_role_that_begins_tomorrow_does_not_count_today():
    lab = a_lab()
    somebody = a_participation(lab)

    give_role(somebody, Role.MODERATOR, by=leader_of(lab), since=now() + timedelta(days=1))

    assert actor_of_participation(somebody).roles == frozenset()


def test_somebody_is_the_same_in_a_lab_whether_found_by_their_account_or_by_their_part_in_it():
    lab = a_lab()
    for unit in (a_unit(), None):
        somebody = a_participation(lab, Role.MODERATOR, Role.COACH, unit=unit)
        a_participation(a_lab(), Role.PROCESS_LEADER, account=somebody.account)

        assert actor_of_account(somebody.account, lab) == actor_of_participation(somebody)


def test_a_role_is_held_once():
    lab = a_lab()
    somebody = a_participation(lab, Role.MODERATOR)

    with pytest.raises(WrongState):
        give_role(somebody, Role.MODERATOR, by=leader_of(lab))


@pytest.mark.parametrize(
    ("held", "new"),
    [
        (Role.READER, Role.MODERATOR),
        (Role.PROCESS_LEADER, Role.READER),
        (Role.SAFEGUARDING_OFFICER, Role.PRESS_OFFICER),
        (Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_DEPUTY),
    ],
)
def test_some_roles_are_never_held_together(held, new):
    lab = a_lab()
    somebody = a_participation(lab, held)

    with pytest.raises(RolesClash) as refused:
        give_role(somebody, new, by=leader_of(lab))

    assert refused.value.text


def test_the_leader_of_one_lab_gives_no_role_in_another():
    with pytest.raises(NotAllowed):
        give_role(a_participation(a_lab()), Role.MODERATOR, by=leader_of(a_lab()))


def test_an_account_takes_part_once():
    lab = a_lab()
    somebody = a_participation(lab)

    with pytest.raises(AlreadyHere):
        add_participation(lab, name="Again", account=somebody.account, by=leader_of(lab))


def test_an_agreement_is_a_history():
    lab = a_lab()
    somebody = a_participation(lab, Role.ACTOR)
    me = actor_of_participation(somebody)

    first = agree(somebody, "photo", by=me)
    withdraw_agreement(first, by=me)
    agree(somebody, "photo", by=me)

    assert somebody.agreements.count() == 2
    with pytest.raises(NotAllowed):
        agree(somebody, "photo", by=an_actor(lab, Role.PROCESS_LEADER))


def test_a_last_day_ends_at_midnight_where_the_lab_is_on_pages_outside_labs_too():
    with at(datetime(2026, 6, 10, 12, tzinfo=UTC)):
        lab = a_lab()
        somebody = a_participation(lab, Role.MODERATOR, ends_on=date(2026, 6, 10))
    actor = actor_of_account(somebody.account, None)

    def sees_it_at(hour: int, minute: int) -> tuple[bool, bool]:
        with at(datetime(2026, 6, 10, hour, minute, tzinfo=UTC)):
            return roles_in_force_of_account(actor).exists(), bool(labs_of(somebody.account))

    assert sees_it_at(21, 59) == (True, True)
    assert sees_it_at(22, 0) == (False, False)


def test_a_phase_says_who_decides_and_ends_after_it_starts():
    lab = a_lab()

    with pytest.raises(IntegrityError), transaction.atomic():
        a_phase(lab, young_decide="")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_phase(lab, ends_on=now().date() - timedelta(days=400))


def test_the_host_of_a_lab_can_be_an_organisation_of_another_lab():
    host = an_organisation()

    assert a_lab(host=host).host == a_lab(host=host).host == host


def test_an_open_lab_does_not_lose_its_last_safeguarding_officer():
    lab = a_lab()
    officer = a_participation(lab, Role.SAFEGUARDING_OFFICER)
    leader = an_actor(lab, Role.PROCESS_LEADER)
    RoleGiven.objects.filter(participation__lab=lab, role=Role.SAFEGUARDING_OFFICER).exclude(participation=officer).delete()
    assert lab.state == Lab.State.OPEN

    with pytest.raises(NotReady):
        end_role(officer.roles.get(), by=leader)
    with pytest.raises(NotReady):
        edit_participation(officer, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), by=leader)

    assert roles_in_force(lab).filter(role=Role.SAFEGUARDING_OFFICER).count() == 1
    a_participation(lab, Role.SAFEGUARDING_OFFICER)
    end_role(officer.roles.get(), by=leader)
