"""Invitations into a lab."""

from datetime import timedelta

import pytest

from medskapa.ground.labs.actions import (
    give_role,
    invite,
    take_back_invitation,
    use_invitation,
)
from medskapa.ground.labs.actors import actor_of_account, actor_of_participation
from medskapa.ground.labs.errors import InvitationOver, NotForYourself
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_lab, a_participation, an_actor, just_proved
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account

pytestmark = pytest.mark.django_db


def leader_of(lab: Lab) -> Actor:
    return an_actor(lab, Role.PROCESS_LEADER)


def test_nobody_makes_themselves_the_safeguarding_officer():
    lab = a_lab()
    leader = a_participation(lab, Role.PROCESS_LEADER)

    with pytest.raises(NotForYourself):
        give_role(leader, Role.SAFEGUARDING_OFFICER, by=just_proved(leader))

    invitation, _token = invite(lab, name="Me", role=Role.SAFEGUARDING_OFFICER, by=just_proved(leader))
    with pytest.raises(NotForYourself):
        use_invitation(invitation, account=leader.account, by=Actor.public(lab.public_id))


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
