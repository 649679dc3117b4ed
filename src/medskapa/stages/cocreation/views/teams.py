"""Teams: who works together on which idea. Members are shown by the name they chose."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.cocreation.actions import edit_team, join_team, leave_team, make_team
from medskapa.stages.cocreation.forms.ideas import CreditForm, RenameTeamForm, TeamForm
from medskapa.stages.cocreation.models import Team
from medskapa.stages.cocreation.owning import is_in_team
from medskapa.stages.cocreation.people import own_credit, person_of
from medskapa.stages.cocreation.queries.ideas import names_of_teams, prototypes_of, teams_of
from medskapa.stages.understanding.asking import Question, ask_first, typed


@require_safe
def teams(request: LabRequest) -> HttpResponse:
    """All teams of the lab."""
    require(request.actor, "team.see", request.lab)
    page = paged(request, teams_of(request.lab), 40)
    worded([thing for team in page.object_list for thing in (team, team.idea)], get_language() or "")
    return render(request, "cocreation/teams.html", {"page": page})


@require_safe
def team(request: LabRequest, team: str) -> HttpResponse:
    """One team: its idea, its people, what they build."""
    found = _found(request, team)
    prototypes = worded(prototypes_of(request.lab).filter(team=found), get_language() or "")
    worded([found, found.idea], get_language() or "")
    context = {"team": found, "members": found.members.all(), "prototypes": prototypes, "is_mine": is_in_team(request.actor, found)}
    return render(request, "cocreation/team.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_team(request: LabRequest, idea: str) -> HttpResponse:
    """Begin a team round an idea."""
    found = get_object_or_404(request.lab.ideas.select_related("lab"), public_id=idea)
    require(request.actor, "team.make", found)
    credit = {"credit": own_credit(person_of(request.actor))}
    form = TeamForm(typed(request), lab=request.lab, initial=credit, beside=names_of_teams(request.lab))
    if form.is_valid():
        return see_other(request, make_team(found, by=request.actor, **form.cleaned_data), _("The team is there, and you are in it."))
    context = {"title": _("New team"), "lead": text_of(found), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def edit_a_team(request: LabRequest, team: str) -> HttpResponse:
    """Give a team another name."""
    found = _found(request, team, "team.edit")
    form = RenameTeamForm(typed(request), lab=request.lab, instance=found, beside=names_of_teams(request.lab, but=found))
    if form.is_valid():
        return see_other(request, edit_team(found, by=request.actor, **form.cleaned_data), _("Saved."))
    context = {"title": _("Rename the team"), "form": form, "back": found.get_absolute_url()}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@once
def join(request: LabRequest, team: str) -> HttpResponse:
    """Become one of a team, under a name of one's choice."""
    found = _found(request, team, "team.join")
    form = CreditForm(typed(request), initial={"credit": own_credit(person_of(request.actor))})
    question = Question(_("Join this team?"), text_of(found, "name"), _("Join"), found.get_absolute_url())

    def enter(credit: str) -> Team:
        join_team(found, credit=credit, by=request.actor)
        return found

    return ask_first(request, question, do=enter, done=_("You are in the team."), form=form)


@require_http_methods(["GET", "POST"])
@once
def leave(request: LabRequest, team: str, member: str) -> HttpResponse:
    """Go out of a team, or take somebody out of it."""
    found = _found(request, team)
    membership = get_object_or_404(found.members, public_id=member)
    require(request.actor, "team.leave", membership)
    text = _("What was done in the team stays credited.")
    question = Question(_("Leave this team?"), text, _("Leave"), found.get_absolute_url())

    def go() -> Team:
        leave_team(membership, by=request.actor)
        return found

    return ask_first(request, question, do=go, done=_("Done. The team goes on with the others."))


def _found(request: LabRequest, public_id: str, verb: str = "team.see") -> Team:
    require(request.actor, "team.see", request.lab)
    found = get_object_or_404(teams_of(request.lab), public_id=public_id)
    require(request.actor, verb, found)
    return found
