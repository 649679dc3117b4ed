"""The interpreters' desk: what waits for a translation, and the two texts side by side. The original is never overwritten."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import read_story, translate_story
from medskapa.stages.listening.forms.desk import ToLanguageForm, TranslationForm
from medskapa.stages.listening.models import Story, Version
from medskapa.stages.listening.queries import untranslated_stories


@require_safe
def translations(request: LabRequest) -> HttpResponse:
    """Stories that nobody has translated into the lab's language, oldest first."""
    require(request.actor, "story.translate", request.lab)
    page = paged(request, untranslated_stories(request.lab, reader=request.actor))
    return render(request, "listening/translations.html", {"title": _("To translate"), "page": page})


@require_http_methods(["GET", "POST"])
@once
def translate(request: LabRequest, story: str) -> HttpResponse:
    """A story's own words, and a translation beside them; ``?to=`` says into which language."""
    row = get_object_or_404(request.lab.stories.select_related("lab", "key__under"), public_id=story)
    if not may(request.actor, "story.translate", row) or row.state == Story.State.WITHDRAWN:
        raise NotAllowed(secret=True)
    opened = read_story(row, by=request.actor)
    into = ToLanguageForm({"to": request.GET.get("to") or request.lab.language}, lab=request.lab, story=row)
    to = into.cleaned_data["to"] if into.is_valid() else into.fields["to"].choices[0][0]  # type: ignore[attr-defined]
    there = opened.of_kind(Version.Kind.TRANSLATION)
    form = TranslationForm(request.POST if request.method == "POST" else None, initial={"words": there[to].words if to in there else ""})
    if not form.is_valid():
        choices = into.fields["to"].choices  # type: ignore[attr-defined]
        context = {"story": row, "opened": opened, "form": form, "to": to, "choices": choices, "there": list(there.values())}
        return render(request, "listening/translate.html", context, status=422 if form.is_bound else 200)
    translate_story(row, language=to, words=form.cleaned_data["words"], by=request.actor)
    return see_other(request, reverse("listening:translations", kwargs={"lab": request.lab.slug}), _("The translation is saved."))
