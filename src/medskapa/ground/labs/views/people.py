"""Who takes part in a lab: list, one person, adding, changing, roles, agreements."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs import actions, queries
from medskapa.ground.labs.days import end_of_day, today_of
from medskapa.ground.labs.forms.people import ParticipationForm, RoleForm
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Agreement, Participation
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people.roles import Role
from medskapa.ground.web.pages import paged, see_other


@require_safe
def participations(request: LabRequest) -> HttpResponse:
    """Everybody with a name, by name."""
    require(request.actor, "participation.see", request.lab)
    page = paged(request, queries.participations(request.lab, reader=request.actor))
    return render(request, "labs/participations.html", {"title": _("People"), "page": page, "today": today_of(request.lab)})


@require_safe
def participation(request: LabRequest, participation: str) -> HttpResponse:
    """One person: unit, dates, roles, agreements."""
    found = _participation(request, participation)
    context = {
        "participation": found,
        "facts": _facts(found),
        "roles": queries.roles_of(found),
        "agreements": found.agreements.order_by("-agreed_at", "-pk"),
        "purposes": Agreement.Purpose.choices,
        "stand_ins": found.stand_ins.order_by("name", "pk"),
    }
    return render(request, "labs/participation.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_participation(request: LabRequest) -> HttpResponse:
    """Add somebody with a name."""
    require(request.actor, "participation.add", request.lab)
    form = ParticipationForm(request.POST or None, lab=request.lab, initial={"starts_on": today_of(request.lab)})
    if request.method == "POST" and form.is_valid():
        made = actions.add_participation(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("They take part now. Give them a role."))
    lead = _("Somebody who has no account yet gets one by an invitation.")
    return _form(request, form, _("Add a person"), lead, reverse("labs:participations", kwargs={"lab": request.lab.slug}))


@require_http_methods(["GET", "POST"])
@once
def edit_participation(request: LabRequest, participation: str) -> HttpResponse:
    """Change unit, dates and stand-in."""
    found = _participation(request, participation)
    require(request.actor, "participation.edit", found)
    form = ParticipationForm(request.POST or None, lab=request.lab, me=found, initial=ParticipationForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        actions.edit_participation(found, by=request.actor, **form.cleaned_data)
        return see_other(request, found, _("Changed."))
    return _form(request, form, _("Change %(name)s") % {"name": found.name}, "", found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@once
def give_role(request: LabRequest, participation: str) -> HttpResponse:
    """Give somebody a role."""
    found = _participation(request, participation)
    require(request.actor, "role.give", found)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = end_of_day(form.cleaned_data["last_day"], request.lab)
        actions.give_role(found, form.cleaned_data["role"], by=request.actor, until=until)
        return see_other(request, found, _("The role is given."))
    lead = _("Some roles do not go together; then this is refused.")
    return _form(request, form, _("A role for %(name)s") % {"name": found.name}, lead, found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@once
def end_role(request: LabRequest, participation: str, given: str) -> HttpResponse:
    """End a role now, after asking."""
    found = _participation(request, participation)
    role = get_object_or_404(found.roles.select_related("lab", "participation"), public_id=given)
    require(request.actor, "role.end", role)
    if request.method == "POST":
        actions.end_role(role, by=request.actor)
        return see_other(request, found, _("The role is ended."))
    context = {
        "title": _("End a role?"),
        "text": _("%(name)s is then no longer %(role)s. They see at once only what their other roles need.")
        % {"name": found.name, "role": Role(role.role).label},
        "submit": _("End the role"),
        "kind": "stop",
        "back": found.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)


@require_POST
@once
def agree(request: LabRequest, participation: str) -> HttpResponse:
    """Say yes to taking part, or to photographs."""
    found = _participation(request, participation)
    require(request.actor, "agreement.give", found)
    purpose = request.POST.get("purpose", "")
    if purpose not in Agreement.Purpose.values:
        raise Http404
    actions.agree(found, purpose, by=request.actor)
    return see_other(request, found, _("Your yes is noted. You can take it back here."))


@require_POST
@once
def withdraw_agreement(request: LabRequest, participation: str, agreement: str) -> HttpResponse:
    """Take a yes back."""
    found = _participation(request, participation)
    given = get_object_or_404(found.agreements.select_related("lab", "participation"), public_id=agreement)
    actions.withdraw_agreement(given, by=request.actor)
    return see_other(request, found, _("It is taken back from now on."))


def _participation(request: LabRequest, public_id: str) -> Participation:
    rows = request.lab.participations.select_related("lab", "unit__organisation", "stand_in_for", "account")
    found = get_object_or_404(rows, public_id=public_id)
    require(request.actor, "participation.see", found)
    return found


def _facts(found: Participation) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("From"), found.starts_on)]
    if found.ends_on:
        facts.append((_("Until"), found.ends_on))
    if found.unit:
        facts.append((_("Unit"), str(found.unit)))
        facts.append((_("Kind of organisation"), found.unit.organisation.get_kind_display()))
    if found.stand_in_for:
        facts.append((_("Stand-in for"), found.stand_in_for.name))
    facts.append((_("Account"), _("Can sign in") if found.account_id else _("Has no account; send an invitation")))
    return facts


def _form(request: LabRequest, form: ParticipationForm | RoleForm, title: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "back": back}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
