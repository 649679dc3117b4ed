"""Reads of labs and of the people in them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.errors import InvitationOver
from medskapa.ground.labs.models import (
    Gathering,
    HelpContact,
    Invitation,
    Lab,
    Participation,
    Phase,
    Pseudonym,
    RoleGiven,
)
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account


def participation_of(actor: Actor) -> Participation | None:
    """The participation that acts, or None if it is not one. One SQL query."""
    if actor.kind != "participation":
        return None
    return Participation.objects.select_related("lab", "unit").filter(public_id=actor.key).first()


def account_of(actor: Actor) -> Account:
    """The account of whoever acts, in a lab or outside. One SQL query. Raises NotAllowed for who has none."""
    rows = Account.objects.filter(Q(participations__public_id=actor.key) if actor.kind == "participation" else Q(public_id=actor.key))
    account = rows.first() if actor.kind in {"participation", "account"} else None
    if account is None:
        raise NotAllowed
    return account


def pseudonym_of(actor: Actor) -> Pseudonym | None:
    """The pseudonym that acts, or None if it is not one. One SQL query."""
    if actor.kind != "pseudonym":
        return None
    return Pseudonym.objects.select_related("lab", "key").filter(public_id=actor.key).first()


def is_author(actor: Actor, row: object) -> bool:
    """Whether the actor made this row (``by_pseudonym`` or ``by_participation``). At most one SQL query."""
    if actor.kind == "pseudonym":
        author = getattr(row, "by_pseudonym", None)
    elif actor.kind == "participation":
        author = getattr(row, "by_participation", None)
    else:
        return False
    return author is not None and author.public_id == actor.key


def open_labs() -> list[Lab]:
    """Labs that anybody may visit, newest first. One SQL query."""
    return list(Lab.objects.exclude(state=Lab.State.SETTING_UP).order_by("-opened_at", "-pk"))


def names_of_labs(*, but: Lab | None = None) -> QuerySet[Any, str]:
    """What all labs but one are called. One SQL query."""
    return Lab.objects.exclude(pk=but.pk if but else 0).values_list("name", flat=True)


def names_in(lab: Lab, *, but: Participation | Invitation | None = None) -> QuerySet[Any, str]:
    """What people in a lab, and those who are invited, are called, all but one. One SQL query."""
    there, invited = (rows.exclude(public_id=but.public_id if but else "") for rows in (lab.participations.all(), open_invitations(lab)))
    return there.values_list("name", flat=True).union(invited.order_by().values_list("name", flat=True))


def runs_now(lab: Lab) -> Phase | None:
    """The phase that runs today, the one begun last if several do. One SQL query."""
    today = today_of(lab)
    return lab.phases.filter(starts_on__lte=today, ends_on__gte=today).order_by("-starts_on", "-pk").first()


def phases(lab: Lab) -> QuerySet[Phase]:
    """The phases of a lab in their order. One SQL query."""
    return lab.phases.order_by("starts_on", "pk")


def help_contacts(lab: Lab) -> QuerySet[HelpContact]:
    """Where a young person gets help now, in the lab's order. One SQL query."""
    return lab.help_contacts.order_by("order", "pk")


def participations(lab: Lab, *, reader: Actor) -> QuerySet[Participation]:
    """Who takes part, by name, each with the roles in force as ``held``. Two SQL queries. Who may not see the list sees themselves."""
    held = Prefetch("roles", queryset=roles_in_force(lab).order_by("valid_from", "pk"), to_attr="held")
    rows = lab.participations.select_related("unit__organisation", "stand_in_for").prefetch_related(held)
    if not may(reader, "participation.see", lab):
        rows = rows.filter(public_id=reader.key if reader.kind == "participation" else "")
    return rows.order_by("name", "pk")


def roles_of(participation: Participation) -> QuerySet[RoleGiven]:
    """Every role somebody has or had, the latest first. One SQL query."""
    return participation.roles.order_by("-valid_from", "-pk")


def invitations(lab: Lab) -> QuerySet[Invitation]:
    """The invitations of a lab, newest first. One SQL query."""
    return lab.invitations.select_related("unit__organisation", "participation").order_by("-made_at", "-pk")


def open_invitations(lab: Lab) -> QuerySet[Invitation]:
    """Those that nobody has answered and that still work. One SQL query."""
    return lab.invitations.filter(used_at__isnull=True, ends_at__gt=now()).order_by("made_at", "pk")


def invitation_of(token: str) -> Invitation:
    """The invitation behind a link, if it still works. Raises InvitationOver. One SQL query."""
    open_ones = Invitation.objects.select_related("lab__host", "unit", "invited_by").filter(used_at__isnull=True, ends_at__gt=now())
    found = open_ones.filter(token_hash=hash_token(token)).first()
    if found is None:
        raise InvitationOver
    return found


def gatherings(lab: Lab) -> QuerySet[Gathering]:
    """The lab's calendar, from its beginning. One SQL query."""
    return lab.gatherings.order_by("starts_at", "pk")


def labs_of(account: Account) -> list[tuple[Lab, list[str]]]:
    """The labs somebody takes part in, each with their roles there now. One SQL query."""
    today = today_of(None)
    given = (
        RoleGiven.objects.select_related("lab")
        .filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=now()),
            Q(participation__ends_on__isnull=True) | Q(participation__ends_on__gte=today),
            participation__account=account,
            valid_from__lte=now(),
        )
        .order_by("lab__name", "lab__pk", "valid_from")
    )
    found: dict[Lab, list[str]] = {}
    for role in given:
        found.setdefault(role.lab, []).append(role.role)
    return list(found.items())
