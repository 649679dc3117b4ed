"""Answering statements, one at a time, with or without JavaScript."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.guard import same_origin
from medskapa.ground.web.languages import asked
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import cast_vote
from medskapa.stages.listening.models import Statement, Vote
from medskapa.stages.listening.place import place_of
from medskapa.stages.listening.queries import next_statement, suggested_by, voter_of


class VoteForm(forms.Form):
    """An answer to one statement."""

    statement = forms.CharField(max_length=12)
    value = forms.TypedChoiceField(choices=Vote.Value.choices, coerce=int)


@never_cache
@same_origin
@require_http_methods(["GET", "POST"])
@once
def vote(request: LabRequest, conversation: str) -> HttpResponse:
    """The next statement to answer, or thanks when none is left. Who is not on the roll is told how to get there."""
    row = worded_one(get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation), asked())
    voter = voter_of(row, request.actor)
    if voter is None:
        return render(request, "listening/vote_closed.html", {"conversation": row})
    form = VoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        statements = row.statements.filter(state=Statement.State.OPEN).select_related("lab", "conversation")
        answered = get_object_or_404(statements, public_id=form.cleaned_data["statement"])
        cast_vote(answered, value=form.cleaned_data["value"], by=request.actor)
        return see_other(request, reverse("listening:vote", kwargs={"lab": request.lab.slug, "conversation": row.public_id}))
    require(request.actor, "vote.cast", row)
    statement, done, most = next_statement(row, voter)
    context: dict[str, object] = {"conversation": row, "statement": statement, "done": done, "most": most, "here": done + 1}
    context |= {"mine": suggested_by(voter, row), "place": None if statement else place_of(row, reader=request.actor)}
    return render(request, "listening/vote.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def own_place(request: LabRequest, conversation: str) -> HttpResponse:
    """Where somebody stands among all who answered; who has not answered yet is asked to."""
    row = worded_one(get_object_or_404(request.lab.conversations.select_related("lab"), public_id=conversation), asked())
    require(request.actor, "conversation.see", row)
    return render(request, "listening/own_place.html", {"conversation": row, "place": place_of(row, reader=request.actor)})
