"""Teams: making, joining, leaving. Who is in one is shown by the credit they chose, and by nothing else."""

from django.utils.translation import gettext as _

from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.stages.cocreation.models import Idea, Team, TeamMember
from medskapa.stages.cocreation.people import Person, as_member, person_of, shown_as


@action("team.make")
def make_team(idea: Idea, *, name: str, by: Actor, credit: str = "") -> Team:
    """Begin a team round an idea. Whoever begins it is its first member. Raises WrongState for an idea that was set aside."""
    if idea.state == Idea.State.SET_ASIDE:
        raise WrongState(_("This idea was set aside."), _("Take it up again first."))
    team = Team.objects.create(lab=idea.lab, idea=idea, name=name)
    first = person_of(by)
    if first is not None:
        note(_enter(team, first, credit))
    return team


@action("team.edit")
def edit_team(team: Team, *, name: str, by: Actor) -> Team:
    """Give a team another name."""
    team.name = name
    team.save(update_fields=["name"])
    return team


@action("team.join")
def join_team(team: Team, *, by: Actor, member: Person | None = None, credit: str = "") -> TeamMember:
    """Become one of a team, or let a task say who did. Joining twice changes the credit. Raises WrongState if nobody joins."""
    person = member or person_of(by)
    if person is None:
        raise WrongState(_("A team is made of people of the lab."), _("Come in with your code, or sign in, and try again."))
    return _enter(team, person, credit)


@action("team.leave")
def leave_team(membership: TeamMember, *, by: Actor) -> TeamMember:
    """Go out of a team; what was done in it stays credited. Raises WrongState for one who has left."""
    if TeamMember.objects.filter(pk=membership.pk, left_at__isnull=True).update(left_at=now()) != 1:
        raise WrongState
    membership.left_at = now()
    return membership


def _enter(team: Team, person: Person, credit: str) -> TeamMember:
    values = {"credit": credit or shown_as(person), "left_at": None}
    return TeamMember.objects.update_or_create(
        team=team, **as_member(person), defaults=values, create_defaults={**values, "lab": team.lab}
    )[0]
