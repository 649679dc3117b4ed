"""The moderators' desk. Opening an item is a reading: its line is written before anything is shown."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.safeguarding.marks import Piece, pieces
from medskapa.ground.web.moments import clock
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import (
    OpenedStory,
    hold_story,
    raise_story_concern,
    read_story,
    release_story,
    revise_story,
    save_rules,
    second_release,
    undo_release,
)
from medskapa.stages.listening.actions.moderating import marks_in
from medskapa.stages.listening.circles import labels_of
from medskapa.stages.listening.forms.desk import ConcernForm, HoldForm, ReleaseForm, RulesForm
from medskapa.stages.listening.models import DeskRules, Reach, Story, StoryConcern, Version
from medskapa.stages.listening.queries import (
    Kept,
    desk_numbers,
    going_out,
    held_stories,
    news_on_released,
    pictures_of,
    released_lately,
    waiting_stories,
)
from medskapa.stages.listening.queries.beside import beside
from medskapa.stages.listening.queries.rules import rules_of, seconds
from medskapa.stages.listening.visibility import last_yes, may_go, may_read_any, research_agreed, research_now

TABS = {"waiting": waiting_stories, "going": going_out, "held": held_stories, "news": news_on_released, "released": released_lately}


@require_safe
def desk(request: LabRequest) -> HttpResponse:
    """What waits, oldest first. No words are shown before a story is opened."""
    require(request.actor, "story.read", request.lab)
    going = going_out(request.lab, reader=request.actor)
    return render(request, "listening/desk.html", {**_queue(request), "going": going})


@require_http_methods(["GET", "POST"])
@once
def desk_story(request: LabRequest, story: str) -> HttpResponse:
    """One story on the desk, with its marks; release it from here, or release something new of it."""
    row = _on_desk(request, story)
    opened = read_story(row, by=request.actor)
    agreed, pictures = may_go(row), pictures_of(row)
    covers = [kept.cover for kept in pictures if kept.cover]
    typed = request.POST if request.method == "POST" else None
    form = ReleaseForm(typed, opened=opened, agreed=agreed, by=request.actor, covers=covers)
    if "neutral" in request.POST:
        return _item(request, row, opened, form.with_neutral(request.POST["neutral"]), pictures)
    if not form.is_valid():
        return _item(request, row, opened, form, pictures)
    release = revise_story if row.state == Story.State.RELEASED else release_story
    said = {name: form.cleaned_data[name] for name in ("title", "reach")}
    row = release(
        row,
        texts=form.texts,
        covers=form.covers_chosen,
        seen_marks=form.seen,
        edition=form.cleaned_data["edition"] or 1,
        by=request.actor,
        **said,
    )
    return _done(request, _let_go_in_words(row))


@require_POST
@once
def hold(request: LabRequest, story: str) -> HttpResponse:
    """Keep a story back, or take a released one down again."""
    row = _on_desk(request, story)
    form = HoldForm(request.POST)
    hold_story(row, reason=form.cleaned_data["reason"] if form.is_valid() else Story.HeldFor.LOOK, by=request.actor)
    return _done(request, _("It is held. Nobody but those who moderate reads it."))


@require_POST
@once
def undo(request: LabRequest, story: str) -> HttpResponse:
    """Undo what was let go and does not count yet."""
    row = _on_desk(request, story)
    undo_release(row, by=request.actor)
    return see_other(
        request, reverse("listening:desk_story", kwargs={"lab": request.lab.slug, "story": row.public_id}), _("It does not go out.")
    )


@require_POST
@once
def second(request: LabRequest, story: str) -> HttpResponse:
    """Say yes as the second person."""
    row = _on_desk(request, story)
    return _done(request, _let_go_in_words(second_release(row, by=request.actor)))


@require_http_methods(["GET", "POST"])
@once
def rules(request: LabRequest) -> HttpResponse:
    """How many let a story go, and whether two read a translation."""
    require(request.actor, "desk_rules.edit", request.lab)
    form = RulesForm(request.POST if request.method == "POST" else None, instance=rules_of(request.lab))
    if not form.is_valid():
        back = reverse("listening:desk", kwargs={"lab": request.lab.slug})
        context = {"title": _("Rules of the desk"), "form": form, "back": back}
        return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
    save_rules(form.instance, by=request.actor)
    return _done(request, _("The rules are saved."))


@require_http_methods(["GET", "POST"])
@once
def concern(request: LabRequest, story: str) -> HttpResponse:
    """Tell the safeguarding officer. Whoever can read a story can do it; nobody but the officer reads it again."""
    row = get_object_or_404(request.lab.stories.select_related("lab", "key").exclude(state=Story.State.WITHDRAWN), public_id=story)
    if not may(request.actor, "story.concern", row) or not may_read_any(row, reader=request.actor):
        raise NotAllowed(secret=True)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "listening/concern.html", {"form": form, "story": row}, status=422 if form.is_bound else 200)
    raise_story_concern(row, worry=form.cleaned_data["worry"], by=request.actor)
    return see_other(request, request.lab, _("The safeguarding officer has it now."))


def _done(request: LabRequest, said: str) -> HttpResponse:
    return see_other(request, reverse("listening:desk", kwargs={"lab": request.lab.slug}), said)


def _let_go_in_words(story: Story) -> str:
    if story.effective_at is None:
        return _("It waits for a second person to say yes.")
    return _("It goes out at %(clock)s. Until then you can undo it.") % {"clock": clock(story.effective_at)}


def _on_desk(request: LabRequest, story: str) -> Story:
    """A story for who may moderate it; for all others there is none."""
    seen = StoryConcern.objects.filter(story=OuterRef("pk"), concern__is_by_words=False)  # what words raised is the officer's
    rows = request.lab.stories.select_related("lab", "teller", "key__under", "prompt", "recording", "partner__organisation").defer(
        "recording__sealed"
    )
    known: QuerySet[Any] = rows.annotate(
        has_concern=Exists(seen),
        is_for_research=Exists(research_now(OuterRef("pk"))),
        is_agreed_for_research=Exists(research_agreed(OuterRef("pk"))),
        has_second=Exists(seconds(request.lab, by=request.actor)),
        has_second_reader=Exists(DeskRules.objects.filter(lab=OuterRef("lab"), has_second_reader=True)),
    )
    row: Story = get_object_or_404(known, public_id=story)
    if not may(request.actor, "story.read", row) or row.state == Story.State.WITHDRAWN:
        raise NotAllowed(secret=True)
    return row


def _marked(language: str, words: str) -> list[Piece]:
    return pieces(words, marks_in([(language, words)]))


def _queue(request: LabRequest, opened: Story | None = None) -> dict[str, Any]:
    tab = request.GET.get("tab", "waiting")
    query = TABS.get(tab, waiting_stories)
    page: Page[Story] = paged(request, query(request.lab, reader=request.actor), per_page=30)
    numbers = desk_numbers(request.lab, reader=request.actor)
    tab = tab if tab in TABS else "waiting"
    return {"tab": tab, "page": page, "numbers": numbers, "place": _place(tab, page), **_beside(page, opened)}


def _place(tab: str, page: Page[Story]) -> str:
    """What an address of the desk ends in, so that one stays in the list in which one is."""
    said = {"tab": tab if tab != "waiting" else "", "page": str(page.number) if page.number > 1 else ""}
    ending = urlencode({name: value for name, value in said.items() if value})
    return f"?{ending}" if ending else ""


def _beside(page: Page[Story], opened: Story | None) -> dict[str, str]:
    """The stories of the queue beside the opened one; the first of all while none is open, or one that is not in the queue."""
    ids = [story.public_id for story in page]
    if opened is None or opened.public_id not in ids:
        return {"after": ids[0]} if ids else {}
    place = ids.index(opened.public_id)
    return {"after": "".join(ids[place + 1 : place + 2]), "before": "".join(ids[max(0, place - 1) : place])}


def _item(request: LabRequest, row: Story, opened: OpenedStory, form: ReleaseForm, pictures: list[Kept]) -> HttpResponse:
    context = {
        **_queue(request, row),
        "story": row,
        "original": _marked(row.language, opened.story.words),
        "additions": [addition for addition in opened.additions if addition.released_at is None],
        "translations": [
            (version, _marked(version.language, version.words)) for version in opened.of_kind(Version.Kind.TRANSLATION).values()
        ],
        "pictures": pictures,
        "recording": None if row.is_corrected else getattr(row, "recording", None),
        "transcript": opened.transcript,
        "said": _marked(row.language, opened.transcript.words) if opened.transcript else [],
        "form": form,
        "beside": beside(row, reach=form.likely_reach),
        "hold": HoldForm(initial={"reason": row.held_for or Story.HeldFor.LOOK}),
        "is_mine": row.proposed_by == request.actor.id,
        "agreed": Reach(form.agreed).label,
        "yes": last_yes(row),
        "kept": labels_of(row.kept_from),
    }
    return render(request, "listening/desk_story.html", context, status=422 if request.method == "POST" else 200)  # never kept
