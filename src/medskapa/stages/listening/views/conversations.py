"""Conversations and their statements, for members of the lab."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import paged, see_other
from medskapa.ground.web.sheets import sheet
from medskapa.stages.listening.actions import (
    edit_statement,
    open_statement,
    save_conversation,
    set_statement_aside,
    suggest_statement,
)
from medskapa.stages.listening.bursts import marked_in
from medskapa.stages.listening.forms.conversing import ConversationForm, NotThroughForm, StatementEditForm, StatementForm
from medskapa.stages.listening.landscape import sides_of
from medskapa.stages.listening.models import Conversation, Statement, StatementDecision, Vote
from medskapa.stages.listening.place import may_read_results
from medskapa.stages.listening.queries import (
    conversations_of,
    decided,
    deciding,
    decisions_of,
    results_of,
    set_aside_in,
    statements_of,
    suggested_by,
    voter_of,
)
from medskapa.stages.listening.queries.statements import SORTS, is_by, of_voter


@require_safe
def conversations(request: LabRequest) -> HttpResponse:
    """What people can agree and disagree with."""
    require(request.actor, "conversation.see", request.lab)
    page = paged(request, conversations_of(request.lab, reader=request.actor))
    context = {"title": _("Statements"), "page": page, "conversations": worded(page.object_list, asked())}
    return render(request, "listening/conversations.html", context)


@require_safe
def conversation(request: LabRequest, conversation: str) -> HttpResponse:
    """One conversation: its statements and what people answered."""
    row = get_object_or_404(conversations_of(request.lab, reader=request.actor), public_id=conversation)
    require(request.actor, "conversation.see", row)
    suggested = statements_of(request.lab, reader=request.actor).filter(conversation=row, state__in=Statement.UNDECIDED)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "answered"
    voter, may_read = voter_of(row, request.actor), may_read_results(row, reader=request.actor)
    context = {
        "conversation": worded_one(row, asked()),
        "may_read": may_read,
        "results": results_of(row, reader=request.actor, sort=sort) if may_read else [],
        "sort": sort,
        "sorts": _sorts(),
        "sides": sides_of(row, reader=request.actor) if may_read else None,
        "has_answered": voter is not None and Vote.objects.filter(of_voter(voter), statement__conversation=row).exists(),
        "suggested": worded(suggested, asked()),
        "asides": set_aside_in(row) if may_read else [],
        "bursts": marked_in(row) if may(request.actor, "vote.set_aside", row) else [],
        "mine": suggested_by(voter, row) if voter else [],
        "may_vote": row.closed_at is None and voter is not None,
    }
    return render(request, "listening/conversation.html", context)


def _sorts() -> list[tuple[str, str]]:
    """In which ways results can be sorted."""
    return [
        ("answered", _("Most answered")),
        ("agree", _("Most agree")),
        ("disagree", _("Most do not agree")),
        ("divides", _("Divides most")),
    ]


@require_http_methods(["GET", "POST"])
@once
def new_conversation(request: LabRequest) -> HttpResponse:
    """Open a conversation."""
    require(request.actor, "conversation.edit", request.lab)
    return _edited(request, Conversation(lab=request.lab), _("New conversation"))


@require_http_methods(["GET", "POST"])
@once
def edit_conversation(request: LabRequest, conversation: str) -> HttpResponse:
    """Change or close a conversation."""
    row = get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation)
    require(request.actor, "conversation.edit", row)
    return _edited(request, row, _("Change the conversation"))


def _edited(request: LabRequest, row: Conversation, title: str) -> HttpResponse:
    form = ConversationForm(request.POST if request.method == "POST" else None, instance=row, lab=request.lab)
    if not form.is_valid():
        context = {"title": title, "form": form, "back": row.get_absolute_url() if row.pk else ""}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    return see_other(request, save_conversation(form.filled(), by=request.actor), _("The conversation is saved."))


@require_safe
def statement(request: LabRequest, statement: str) -> HttpResponse:
    """One statement: where it comes from and what people answered."""
    row = get_object_or_404(statements_of(request.lab, reader=request.actor), public_id=statement)
    require(request.actor, "conversation.see", row)
    may_read = may_read_results(row.conversation, reader=request.actor)
    results = {result.statement.pk: result for result in results_of(row.conversation, reader=request.actor)} if may_read else {}
    worded([row, row.conversation], asked())
    context = {"statement": row, "result": results.get(row.pk), "why": _why(request, row), "deciding": deciding(row, reader=request.actor)}
    return render(request, "listening/statement.html", context)


def _why(request: LabRequest, statement: Statement) -> StatementDecision | None:
    """Why a statement is set aside, for its author and for the team."""
    return decided(statement) if request.actor.is_team or is_by(statement, request.actor) else None


@require_http_methods(["GET", "POST"])
@once
def new_statement(request: LabRequest, conversation: str) -> HttpResponse:
    """Suggest a statement; the team looks at it before anybody answers."""
    row = get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation)
    require(request.actor, "statement.suggest", row)
    form = StatementForm(request.POST if request.method == "POST" else None, instance=Statement(lab=request.lab), lab=request.lab)
    if not form.is_valid():
        lead = _("Somebody in the team looks at it first. Then others can answer.")
        context = {"title": _("Suggest a statement"), "lead": lead, "form": form, "submit": _("Suggest"), "back": row.get_absolute_url()}
        return render(request, "listening/suggest.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    made = suggest_statement(row, title=said["title"], language=said["language"], credit=said["credit"], by=request.actor)
    return see_other(request, made, _("Thank you. It waits for the team."))


@require_http_methods(["GET", "POST"])
@once
def edit_statement_page(request: LabRequest, statement: str) -> HttpResponse:
    """Word a statement anew, or say where it comes from."""
    row = get_object_or_404(request.lab.statements.select_related("lab", "conversation"), public_id=statement)
    require(request.actor, "statement.edit", row)
    was = row.state
    form = StatementEditForm(request.POST if request.method == "POST" else None, instance=row, lab=request.lab, actor=request.actor)
    if not form.is_valid():
        context = {"title": _("Change the statement"), "form": form, "back": row.get_absolute_url()}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    done = edit_statement(row, origins=form.stories, forget=form.cleaned_data["forget"], by=request.actor)
    is_undone = was != done.state
    said = _("The statement is saved. Its words are new, so it is decided about again.") if is_undone else _("The statement is saved.")
    return see_other(request, done, said)


@require_POST
@once
def open_for_answers(request: LabRequest, statement: str) -> HttpResponse:
    """Say yes to a statement, in the words that the page showed."""
    row = get_object_or_404(request.lab.statements.select_related("lab", "conversation"), public_id=statement)
    done = open_statement(row, seen=request.POST.get("seen", ""), by=request.actor)
    is_open = done.state == Statement.State.OPEN
    said = _("It can be answered now.") if is_open else _("Thank you. It waits until somebody else says yes, too.")
    return see_other(request, done, said)


@require_http_methods(["GET", "POST"])
@once
def set_aside(request: LabRequest, statement: str) -> HttpResponse:
    """Do not let a statement through, or take it out of the conversation, and say why."""
    row = get_object_or_404(request.lab.statements.select_related("lab", "conversation"), public_id=statement)
    require(request.actor, "statement.set_aside", row)
    form = NotThroughForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"title": _("Why is it not let through?"), "statement": worded_one(row, asked()), "form": form}
        context |= {"submit": _("Set it aside"), "back": row.get_absolute_url()}
        return render(request, "listening/not_through.html", context, status=422 if form.is_bound else 200)
    done = set_statement_aside(row, **form.cleaned_data, by=request.actor)
    return see_other(request, done, _("It is set aside. Its answers are kept. Whoever suggested it reads why."))


@require_safe
def decisions(request: LabRequest, conversation: str) -> HttpResponse:
    """The log of a conversation: who let which statement through, or not, and why."""
    row = get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation)
    require(request.actor, "statement.open", row)
    page = paged(request, decisions_of(row, reader=request.actor))
    worded([row, *(one.statement for one in page.object_list)], asked())
    return render(request, "listening/decisions.html", {"title": _("Who decided what"), "conversation": row, "page": page})


@require_safe
def decisions_file(request: LabRequest, conversation: str) -> HttpResponse:
    """The same log as a table to keep."""
    row = get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation)
    require(request.actor, "statement.open", row)
    header = [_("Day"), _("Statement"), _("Decision"), _("Why"), _("Your own words"), _("Who")]
    log = [
        [_on(one.at), one.title, one.get_state_display(), one.get_reason_display(), one.words, one.by.name if one.by else ""]
        for one in decisions_of(row, reader=request.actor)
    ]
    return sheet("decisions", header, log)


def _on(moment: datetime) -> str:
    """The day in the lab's zone, as a spreadsheet reads it."""
    return localtime(moment).date().isoformat()
