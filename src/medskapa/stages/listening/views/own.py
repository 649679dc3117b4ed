"""A teller's own pages: what I told, what came of it, and everything I can do about it. No name stands here, neither mine nor staff's."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.actions import change_code
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.sessions import end_session
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.chain import readings_of
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.periods import CONCERNS
from medskapa.ground.safeguarding.retention import periods_of
from medskapa.ground.web import languages
from medskapa.ground.web.pages import see_other
from medskapa.ground.web.panels import steps
from medskapa.stages.listening.actions import (
    add_to_story,
    change_consent,
    change_research,
    correct_story,
    mark_story,
    read_back,
    read_own_stories,
    read_own_thread,
    read_own_words,
    stop_teller,
    withdraw_story,
    write_to_lab,
)
from medskapa.stages.listening.actions.recording import is_recording_kept
from medskapa.stages.listening.actions.representing import may_allow_research
from medskapa.stages.listening.circles import labels_of, names_of
from medskapa.stages.listening.forms.marking import MarksForm
from medskapa.stages.listening.forms.own import AddForm, CorrectForm, ReachForm, WriteForm
from medskapa.stages.listening.lines import lines_of
from medskapa.stages.listening.models import Conversation, Reach, Story
from medskapa.stages.listening.others import others_of
from medskapa.stages.listening.own import steps_told
from medskapa.stages.listening.queries import consents_of, grown_from, marks_of, open_conversation_of, pictures_of, recording_of, scales_of
from medskapa.stages.listening.views.returning import own_context, with_code
from medskapa.stages.listening.views.telling import code_page
from medskapa.stages.listening.visibility import adult_yes, agreed_level, is_for_research, last_yes


@with_code
@require_safe
def own_page(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """What became of it: for each story one thread, from the day it was told to what later rooms know of it."""
    found = read_own_thread(teller, by=request.actor)
    stories = [opened.story.row for opened in found.stories]
    kept = [story for story in stories if story.state != Story.State.WITHDRAWN]
    offered = steps(request.actor, grown_from(teller, kept))
    worded([row for step in offered for row in step.rows], languages.asked())
    lines = lines_of(stories, steps_told(found.stories, found.talk), offered)
    context = own_context(
        teller,
        lines=lines,
        has_grown=any(line.has_grown for line in lines),
        kept=kept,
        new_count=found.unread_count + sum(step.is_new for step in offered),
        to_answer=open_conversation_of(teller.lab, roll=Conversation.Roll.PSEUDONYMS),
    )
    return render(request, "listening/own_page.html", context)


@with_code
@require_safe
def own_story(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """One of my stories: its words, who may read it, who has, and what I can do."""
    row = _mine(teller, story)
    opened = next(opened for opened in read_own_stories(teller, by=request.actor) if opened.story.pk == row.pk)
    context = own_context(
        teller,
        opened=opened,
        story=opened.story,
        earlier=read_own_words(teller, story=row, by=request.actor).earlier if opened.story.is_corrected else (),
        reach=Reach(agreed_level(row)).label,
        yes=last_yes(row),
        kept=labels_of(row.kept_from),
        pictures=pictures_of(row),
        recording=recording_of(row),
        marks=marks_of(row, languages.asked()),
        is_for_research=is_for_research(row),
        may_allow_research=may_allow_research(row),
        consents=consents_of(row),
        may_mark=scales_of(teller.lab, reader=request.actor).exists(),
        readings=[(reading, Role(reading.role).label if reading.role in Role.values else "") for reading in readings_of(row)],
    )
    return render(request, "listening/own_story.html", context)


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_add(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Add to my story."""
    row = _mine(teller, story)
    form = AddForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form_page(request, teller, form, title=_("Tell more"), submit=_("Send"), back=_story_url(row))
    add_to_story(row, words=form.cleaned_data["words"], by=request.actor)
    return see_other(request, _story_url(row), _("It is saved. Somebody in the lab reads it first."))


@with_code
@require_POST
@once
def own_read_back(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Say that what somebody wrote for me was read back to me, and says what I mean."""
    row = _mine(teller, story)
    read_back(row, by=request.actor)
    return see_other(request, _story_url(row), _("Thank you. It is noted."))


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_correct(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Change what I told, on a page that says what this means."""
    row = _mine(teller, story)
    told = read_own_words(teller, story=row, by=request.actor)
    form = CorrectForm(request.POST if request.method == "POST" else None, story=row, told=told.words)
    if not form.is_valid():
        sound = {"recording": recording_of(row), "is_recording_kept": is_recording_kept(row)}
        context = own_context(teller, form=form, story=row, back=_story_url(row), **sound)
        return render(request, "listening/own_correct.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    written = {"writer": said.get("writer", ""), "is_read_back": said.get("read_back") == "yes"}
    correct_story(row, words=said["words"], language=said["language"], **written, by=request.actor)
    return see_other(request, _story_url(row), _("It is changed. Somebody in the lab reads it first."))


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_reach(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Change who may read my story."""
    row = _mine(teller, story)
    initial = {"wish": agreed_level(row), "kept_from": names_of(row.kept_from), "alias": teller.alias}
    form = ReachForm(request.POST if request.method == "POST" else None, initial=initial, yes=last_yes(row), adult=adult_yes(row))
    if not form.is_valid():
        lead = _("If you choose less than before, it counts at once. If you choose more, somebody in the lab looks at it first.")
        return _form_page(request, teller, form, title=_("Who may read it?"), lead=lead, submit=_("Save"), back=_story_url(row))
    said = form.cleaned_data
    change_consent(row, wish=said["wish"], kept_from=form.kept, until=form.ends_at, alias=said.get("alias"), by=request.actor)
    return see_other(request, _story_url(row), _("It is changed."))


@with_code
@require_POST
@once
def own_research(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Say whether researchers may use my story."""
    row = _mine(teller, story)
    change_research(row, is_allowed=request.POST.get("may") == "yes", by=request.actor)
    return see_other(request, _story_url(row), _("It is changed."))


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_marks(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Place my story on the lab's scales, or take a mark away."""
    row = _mine(teller, story)
    scales = worded(scales_of(teller.lab, reader=request.actor), languages.asked())
    form = MarksForm(request.POST if request.method == "POST" else None, scales=scales, placed=row.marks.all())
    if not form.is_valid():
        return render(request, "listening/own_marks.html", own_context(teller, form=form, story=row, back=_story_url(row)))
    mark_story(row, marks=form.marks, by=request.actor)
    return see_other(request, _story_url(row), _("It is changed."))


@with_code
@require_safe
def own_others(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Where others placed theirs, on each scale that I placed this story on."""
    row = _mine(teller, story)
    context = own_context(teller, story=row, back=_story_url(row), others=others_of(row, languages.asked()))
    return render(request, "listening/own_others.html", context)


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_withdraw(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Take my story back, after a page that says what this means."""
    row = _mine(teller, story)
    if request.method == "GET":
        kept_days = periods_of(teller.lab)[CONCERNS]
        return render(request, "listening/own_withdraw.html", own_context(teller, story=row, back=_story_url(row), kept_days=kept_days))
    withdraw_story(row, by=request.actor)
    return see_other(request, reverse("listening:own_page"), _("It is taken back. Nobody can read it any more."))


@with_code
@require_http_methods(["GET", "POST"])
@once
def own_write(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """Write to the lab."""
    form = WriteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        lead = _("Somebody in the lab reads it and answers here.")
        back = reverse("listening:own_page")
        return _form_page(request, teller, form, title=_("Write to the lab"), lead=lead, submit=_("Send"), back=back)
    write_to_lab(teller, words=form.cleaned_data["words"], language=languages.asked(), by=request.actor)
    return see_other(request, reverse("listening:own_page"), _("It is sent. The answer comes here."))


@once
@with_code
@require_http_methods(["GET", "POST"])
def own_code(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """A new code, which makes the old one void at once, in every browser."""
    if request.method == "GET":
        return render(request, "listening/own_code.html", own_context(teller))
    teller, code = change_code(teller, by=request.actor)
    response = code_page(request, teller, code, is_first=False)
    end_session(request, response)
    return response


@once
@with_code
@require_http_methods(["GET", "POST"])
def own_stop(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """Stop altogether: the code opens nothing any more."""
    if request.method == "GET":
        return render(request, "listening/own_stop.html", own_context(teller))
    stop_teller(teller, by=request.actor)
    response = see_other(request, reverse("listening:return"), _("You have stopped. The code opens nothing any more."))
    end_session(request, response)
    return response


def _mine(teller: Pseudonym, story: str) -> Story:
    """One of the teller's own stories that was not taken back. Raises Http404 for any other."""
    rows = Story.objects.select_related("lab", "teller__lab", "key", "partner__organisation").exclude(state=Story.State.WITHDRAWN)
    return get_object_or_404(rows, teller=teller, public_id=story)


def _story_url(story: Story) -> str:
    return reverse("listening:own_story", kwargs={"story": story.public_id})


def _form_page(request: LabRequest, teller: Pseudonym, form: object, **what: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "listening/own_form.html", own_context(teller, form=form, **what), status=status)
