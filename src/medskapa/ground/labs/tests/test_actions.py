"""What is always true of labs, their people and their codes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actions import (
    add_participation,
    agree,
    change_code,
    close_lab,
    edit_lab,
    end_role,
    give_role,
    invite,
    new_pseudonym,
    open_lab,
    remove_help_contact,
    start_lab,
    take_back_invitation,
    use_invitation,
    withdraw_agreement,
    word,
)
from medskapa.ground.labs.actors import actor_of_account, actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.errors import AlreadyHere, InvitationOver, NotForYourself, NotReady, RolesClash
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_phase, an_actor
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import BadCode, NotAllowed, TooMany, WrongState
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account, an_operator, an_organisation

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

    assert actor_of_participation(somebody).roles == {"facilitator"}
    with at(now() + timedelta(days=3)):
        assert actor_of_participation(somebody).roles == frozenset()
    with pytest.raises(WrongState):
        end_role(given, by=leader)


def test_a_role_that_begins_tomorrow_does_not_count_today():
    lab = a_lab()
    somebody = a_participation(lab)

    give_role(somebody, Role.MODERATOR, by=leader_of(lab), since=now() + timedelta(days=1))

    assert actor_of_participation(somebody).roles == frozenset()


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


def test_nobody_makes_themselves_the_safeguarding_officer():
    lab = a_lab()
    leader = a_participation(lab, Role.PROCESS_LEADER)

    with pytest.raises(NotForYourself):
        give_role(leader, Role.SAFEGUARDING_OFFICER, by=actor_of_participation(leader))

    invitation, _token = invite(lab, name="Me", role=Role.SAFEGUARDING_OFFICER, by=actor_of_participation(leader))
    with pytest.raises(NotForYourself):
        use_invitation(invitation, account=leader.account, by=Actor.public(lab.public_id))


def test_the_leader_of_one_lab_gives_no_role_in_another():
    with pytest.raises(NotAllowed):
        give_role(a_participation(a_lab()), Role.MODERATOR, by=leader_of(a_lab()))


def test_an_account_takes_part_once():
    lab = a_lab()
    somebody = a_participation(lab)

    with pytest.raises(AlreadyHere):
        add_participation(lab, name="Again", account=somebody.account, by=leader_of(lab))


def test_an_invitation_works_once():
    lab = a_lab()
    until = now().date() + timedelta(days=10)
    invitation, token = invite(lab, name="Amal", role=Role.MODERATOR, role_ends_on=until, by=leader_of(lab))
    account = an_account()

    participation = use_invitation(invitation, account=account, by=Actor.public(lab.public_id))

    assert actor_of_account(account, lab).roles == {"moderator"}
    assert participation.name == "Amal"
    assert token not in invitation.token_hash
    with at(now() + timedelta(days=12)):
        assert actor_of_participation(participation).roles == frozenset()
    with pytest.raises(InvitationOver):
        use_invitation(invitation, account=an_account(), by=Actor.public(lab.public_id))


def test_an_invitation_that_was_taken_back_or_is_old_works_no_more():
    lab = a_lab()
    leader = leader_of(lab)
    taken, _ = invite(lab, name="A", role=Role.MODERATOR, by=leader)
    old, _ = invite(lab, name="B", role=Role.MODERATOR, by=leader)

    take_back_invitation(taken, by=leader)

    with pytest.raises(InvitationOver):
        use_invitation(taken, account=an_account(), by=Actor.public(lab.public_id))
    with at(now() + timedelta(days=15)), pytest.raises(InvitationOver):
        use_invitation(old, account=an_account(), by=Actor.public(lab.public_id))


def test_an_invitation_by_mail_is_sent_in_the_language_of_the_lab(mailoutbox, django_capture_on_commit_callbacks):
    lab = a_lab(language="sv")

    with django_capture_on_commit_callbacks(execute=True):
        _, token = invite(lab, name="Amal", email="Amal@Example.org", role=Role.MODERATOR, site="http://localhost:8000/", by=leader_of(lab))

    assert mailoutbox[0].to == ["amal@example.org"]
    assert f"http://localhost:8000/sv/join/{token}/" in mailoutbox[0].body


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


def test_somebody_comes_back_with_their_code_in_any_digits():
    lab = a_lab()
    pseudonym, code = new_pseudonym(lab, language="prs", age_band="16_17", by=Actor.public(lab.public_id))

    typed = " ".join(code[start : start + 3] for start in range(0, 18, 3)).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert find_by_code(typed, source="1.2.3.4") == pseudonym
    assert code not in pseudonym.code_hash


def test_a_new_code_makes_the_old_one_void():
    lab = a_lab()
    pseudonym, old = new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))

    _, new = change_code(pseudonym, by=actor_of_pseudonym(pseudonym))

    assert find_by_code(new, source="1.2.3.4") == pseudonym
    with pytest.raises(BadCode):
        find_by_code(old, source="1.2.3.4")
    with pytest.raises(NotAllowed):
        change_code(pseudonym, by=an_actor(lab, "co_creator"))


def test_somebody_from_an_import_has_no_code_to_come_back_with():
    lab = a_lab()

    pseudonym, code = new_pseudonym(lab, language="sv", with_code=False, by=Actor.system("demo", lab.public_id))

    assert code == ""
    assert pseudonym.code_hash.startswith("no code:")


def test_after_twenty_wrong_codes_there_is_one_try_a_minute_from_there(monkeypatch):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", lambda code: code)
    wrong = "00000000000000000" + "0"
    moment = now()

    with at(moment):
        for _ in range(21):
            with pytest.raises(BadCode):
                find_by_code(wrong, source="1.2.3.4")
        with pytest.raises(TooMany) as slowed:
            find_by_code(wrong, source="1.2.3.4")
        with pytest.raises(BadCode):
            find_by_code(wrong, source="5.6.7.8")
    with at(moment + timedelta(seconds=61)), pytest.raises(BadCode):
        find_by_code(wrong, source="1.2.3.4")

    assert slowed.value.wait_seconds <= 60


def test_a_typo_is_no_guess(monkeypatch):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", pytest.fail)

    for typed in ("123", "000 000 000 000 000 001", "hello", ""):
        with pytest.raises(BadCode):
            find_by_code(typed, source="1.2.3.4")


def test_many_wrong_codes_from_everywhere_are_written_as_an_alarm(monkeypatch, caplog):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", lambda code: code)
    monkeypatch.setattr("medskapa.ground.labs.coming_back.CEILING", 3)

    for source in ("a", "b", "c", "d"):
        with pytest.raises(BadCode):
            find_by_code("0" * 18, source=source)

    assert "somebody is guessing" in caplog.text


def test_a_phase_says_who_decides_and_ends_after_it_starts():
    lab = a_lab()

    with pytest.raises(IntegrityError), transaction.atomic():
        a_phase(lab, young_decide="")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_phase(lab, ends_on=now().date() - timedelta(days=400))


def test_the_host_of_a_lab_can_be_an_organisation_of_another_lab():
    host = an_organisation()

    assert a_lab(host=host).host == a_lab(host=host).host == host
