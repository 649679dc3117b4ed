"""What a lab is set to, its texts in other languages, and closing it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medskapa.ground.labs import actions
from medskapa.ground.labs.forms.texts import Text, TextsForm, texts_of
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Wording
from medskapa.ground.labs.readiness import missing
from medskapa.ground.labs.steps import STEPS, steps_of
from medskapa.ground.ledger.actors import may, require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web import languages
from medskapa.ground.web.pages import see_other


@require_safe
def settings(request: LabRequest) -> HttpResponse:
    """The five pages again, with what is missing, and the languages of the lab's texts."""
    require(request.actor, "lab.edit", request.lab)
    others = [code for code in dict.fromkeys([*request.lab.languages, *languages.COMPLETE]) if code != request.lab.language]
    context = {"steps": steps_of(request.lab, here=""), "missing": missing(request.lab), "others": others, "count": len(STEPS)}
    return render(request, "labs/settings.html", context)


@require_http_methods(["GET", "POST"])
@once
def close(request: LabRequest) -> HttpResponse:
    """Close the lab, after asking."""
    require(request.actor, "lab.close", request.lab)
    back = reverse("labs:settings", kwargs={"lab": request.lab.slug})
    if request.method == "POST":
        actions.close_lab(request.lab, by=request.actor)
        return see_other(request, back, _("The lab is closed. It can be opened again."))
    context = {
        "title": _("Close the lab?"),
        "text": _(
            "Nobody can tell more stories. Everything that is public can still be read, and tellers can still come back with their code."
        ),
        "submit": _("Close the lab"),
        "kind": "stop",
        "back": back,
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
@once
def texts(request: LabRequest, into: str) -> HttpResponse:
    """The lab's own texts in one other language."""
    require(request.actor, "lab.word", request.lab)
    if into not in languages.KNOWN or into == request.lab.language:
        raise Http404
    back = reverse("labs:settings" if may(request.actor, "lab.edit", request.lab) else "labs:desk", kwargs={"lab": request.lab.slug})
    found = texts_of(request.lab)
    said = _said(found, into)
    form = TextsForm(request.POST or None, texts=found, said=said, language=into)
    if request.method == "POST" and form.is_valid():
        _word(request, found, said, form, into)
        return see_other(request, back, _("The texts are saved."))
    context = {
        "form": form,
        "title": _("The lab's texts in %(language)s") % {"language": languages.own_name(into)},
        "lead": _("What you leave empty is shown as it was first written."),
        "back": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _said(found: list[Text], language: str) -> dict[str, str]:
    subjects = {text.row.public_id for text in found}
    rows = Wording.objects.filter(subject__in=subjects, language=language)
    return {f"{wording.subject}.{wording.field}": wording.text for wording in rows}


def _word(request: LabRequest, found: list[Text], said: dict[str, str], form: TextsForm, language: str) -> None:
    for text in found:
        new = form.cleaned_data[text.key].strip()
        if new != said.get(text.key, ""):
            translator = form.cleaned_data["translator"]
            actions.word(text.row, text.field, language, new, by=request.actor, translator=translator)
