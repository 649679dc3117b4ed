"""The recording of a story: heard by those who moderate and translate and by whoever sent it, and written down."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.actors import may
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.bare import bare, part_asked
from medskapa.ground.web.pages import see_other
from medskapa.stages.listening.actions import hear_own_recording, hear_recording, read_story, remove_recording, transcribe_story
from medskapa.stages.listening.actions.recording import hear_on
from medskapa.stages.listening.forms.desk import TranscriptForm
from medskapa.stages.listening.models import Recording, Story
from medskapa.stages.listening.queries import recording_of
from medskapa.stages.listening.recordings import TYPE
from medskapa.stages.listening.views.returning import with_code

FILE = "recording.ogg"


@require_safe
def recording(request: LabRequest, story: str) -> HttpResponse:
    """The sound for those who moderate and translate. Each opening leaves a line; going back and forth in it does not."""
    starts_anew = part_asked(request)[0] == 0
    hear = hear_recording if starts_anew else hear_on
    return bare(hear(_story(request, story), by=request.actor), TYPE, FILE, request)


@require_http_methods(["GET", "POST"])
@once
def transcribe(request: LabRequest, story: str) -> HttpResponse:
    """Write down what is said, in the language in which it is said."""
    row = _story(request, story)
    if not may(request.actor, "story.transcribe", row) or row.state == Story.State.WITHDRAWN:
        raise NotAllowed(secret=True)
    opened, sound = read_story(row, by=request.actor), None if row.is_corrected else recording_of(row)
    if sound is None and opened.transcript is None:
        raise NotAllowed(secret=True)
    initial = {"words": opened.transcript.words if opened.transcript else ""}
    form = TranscriptForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        context = {"story": row, "opened": opened, "recording": sound, "form": form}
        return render(request, "listening/transcribe.html", context, status=422 if form.is_bound else 200)
    is_whole = "whole" in request.POST
    transcribe_story(row, words=form.cleaned_data["words"], is_whole=is_whole, by=request.actor)
    back = reverse("listening:desk_story", kwargs={"lab": request.lab.slug, "story": row.public_id})
    return see_other(request, back, _("It is written down."))


@with_code
@require_safe
def own_recording(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """My own voice."""
    return bare(hear_own_recording(teller, recording=_mine(teller, story), by=request.actor), TYPE, FILE, request)


@with_code
@require_POST
@once
def own_recording_remove(request: LabRequest, teller: Pseudonym, story: str) -> HttpResponse:
    """Take my voice away."""
    remove_recording(_mine(teller, story), by=request.actor)
    return see_other(request, reverse("listening:own_story", kwargs={"story": story}), _("The recording is gone."))


def _story(request: LabRequest, story: str) -> Story:
    return get_object_or_404(request.lab.stories.select_related("lab", "teller", "key__under"), public_id=story)


def _mine(teller: Pseudonym, story: str) -> Recording:
    rows = Recording.objects.select_related("lab", "story__lab", "story__teller")
    return get_object_or_404(rows, story__teller=teller, story__public_id=story)
