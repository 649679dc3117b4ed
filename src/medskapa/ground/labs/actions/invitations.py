"""Invitations: a one-time link into a lab, for a role until a date."""

import secrets
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from medskapa.ground.labs import letters
from medskapa.ground.labs.actions.people import GUARDS, hold_role, make_participation
from medskapa.ground.labs.days import end_of_day
from medskapa.ground.labs.errors import InvitationOver, NotForYourself
from medskapa.ground.labs.models import Invitation, Lab, Participation
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account, Unit

VALID = timedelta(days=14)


@action("invitation.make")
def invite(
    lab: Lab,
    *,
    by: Actor,
    name: str,
    role: str,
    email: str = "",
    unit: Unit | None = None,
    role_ends_on: date | None = None,
    site: str = "",
) -> tuple[Invitation, str]:
    """Invite somebody for a role. The token is in the answer and nowhere else; with an address it is also sent by mail.

    ``site``: where this installation is, such as ``https://lab.example.org/``; a mail cannot be written without it.
    """
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        lab=lab,
        token_hash=hash_token(token),
        email=email.lower(),
        name=name,
        role=role,
        unit=unit,
        role_ends_on=role_ends_on,
        invited_by=participation_of(by),
        made_at=now(),
        ends_at=now() + VALID,
    )
    if email and site:
        transaction.on_commit(partial(letters.send_invitation, invitation, token, site))
    return invitation, token


@action("invitation.take_back")
def take_back_invitation(invitation: Invitation, *, by: Actor) -> Invitation:
    """Let a link work no more. Raises InvitationOver if it does not anyway."""
    if _open_rows(invitation).update(ends_at=now()) != 1:
        raise InvitationOver
    invitation.ends_at = now()
    return invitation


@action("invitation.use")
def use_invitation(invitation: Invitation, *, by: Actor, account: Account) -> Participation:
    """Take part as this account, in the role of the invitation. Raises InvitationOver, NotForYourself, RolesClash, WrongState."""
    inviter = invitation.invited_by
    if invitation.role in GUARDS and inviter is not None and inviter.account_id == account.pk:
        raise NotForYourself
    participation = invitation.lab.participations.filter(account=account).first() or make_participation(
        invitation.lab, name=invitation.name or account.name, account=account, unit=invitation.unit
    )
    if _open_rows(invitation).update(used_at=now(), participation=participation) != 1:
        raise InvitationOver
    invitation.used_at, invitation.participation = now(), participation
    note(account, hold_role(participation, invitation.role, until=end_of_day(invitation.role_ends_on, invitation.lab)))
    return participation


def _open_rows(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, ends_at__gt=now())
