"""The interpreters' desk: what waits for a translation, and the two texts side by side. The original is never overwritten."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.ledger.sealing import Opened
from medskapa.ground.web.pages import paged, see_other
from medskapa.stages.listening.actions import check_translation, read_story, translate_story
from medskapa.stages.listening.forms.desk import ToLanguageForm, TranslationForm
from medskapa.stages.listening.models import Story, Version
from medskapa.stages.listening.queries import recording_of, to_check, untranslated_stories
from medskapa.stages.listening.queries.rules import rules_of


@require_safe
def translations(request: LabRequest) -> HttpResponse:
    """Stories that nobody has translated into the lab's language, oldest first."""
    require(request.actor, "story.translate", request.lab)
    rows = untranslated_stories(request.lab, reader=request.actor)
    told_in = [code for code in rows.order_by("language").values_list("language", flat=True).distinct() if code]
    language = request.GET.get("language", "")
    page = paged(request, rows.filter(language=language) if language in told_in else rows)
    second = to_check(request.lab, reader=request.actor)
    context = {"title": _("To translate"), "page": page, "languages": told_in, "language": language, "second": second}
    return render(request, "listening/translations.html", context)


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
    there, drafts = opened.of_kind(Version.Kind.TRANSLATION), opened.of_kind(Version.Kind.DRAFT)
    begun = drafts.get(to) or there.get(to)
    initial = {"words": begun.words if begun else "", "edition": row.edition}
    form = TranslationForm(request.POST if request.method == "POST" else None, initial=initial, told=opened.own_words)
    if not form.is_valid():
        choices = into.fields["to"].choices  # type: ignore[attr-defined]
        context = {"story": row, "opened": opened, "form": form, "to": to, "choices": choices, "there": list(there.values())}
        context |= {
            "recording": None if row.is_corrected else recording_of(row),
            "is_draft": to in drafts,
            "to_check": _to_check(request, there.get(to)),
        }
        return render(request, "listening/translate.html", context, status=422 if form.is_bound else 200)
    is_draft = "draft" in request.POST
    edition = form.cleaned_data["edition"] or 1
    translate_story(row, language=to, words=form.cleaned_data["words"], is_draft=is_draft, edition=edition, by=request.actor)
    said = _("The draft is saved. Nobody but those who translate reads it.") if is_draft else _("The translation is saved.")
    return see_other(request, reverse("listening:translations", kwargs={"lab": request.lab.slug}), said)


@require_POST
@once
def right(request: LabRequest, story: str, to: str) -> HttpResponse:
    """Say as the second reader that a translation is right."""
    rows = Version.objects.filter(story__lab=request.lab, story__public_id=story, kind=Version.Kind.TRANSLATION, language=to)
    version = get_object_or_404(rows.select_related("story__lab", "story__key"))
    if not may(request.actor, "story.check_translation", version.story):
        raise NotAllowed(secret=True)
    check_translation(version, by=request.actor)
    return see_other(request, reverse("listening:translations", kwargs={"lab": request.lab.slug}), _("Thank you. It is read twice now."))


def _to_check(request: LabRequest, version: Opened[Version] | None) -> bool:
    """Whether the reader can be the second for this translation."""
    return version is not None and not version.checked_by and version.by != request.actor.id and rules_of(request.lab).has_second_reader
