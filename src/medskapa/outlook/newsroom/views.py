"""Pages of the press room."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one, wording_of
from medskapa.ground.ledger.actors import require
from medskapa.ground.ledger.idempotency import once
from medskapa.ground.web.pages import paged, see_other
from medskapa.outlook.newsroom import actions
from medskapa.outlook.newsroom.forms import ContactForm, ReleaseForm
from medskapa.outlook.newsroom.markdown import rendered
from medskapa.outlook.newsroom.queries import contacts, visible_releases


@require_GET
def releases(request: LabRequest) -> HttpResponse:
    """News of the lab, newest first, and whom the press can call."""
    require(request.actor, "release.see", request.lab)
    page = paged(request, visible_releases(request.lab, reader=request.actor), 20)
    page.object_list = worded(page.object_list, get_language() or "en")
    context = {"title": _("News"), "page": page, "contacts": worded(contacts(request.lab), get_language() or "en")}
    return render(request, "newsroom/releases.html", context)


@require_GET
def release(request: LabRequest, release: str) -> HttpResponse:
    """One release."""
    require(request.actor, "release.see", request.lab)
    found = get_object_or_404(visible_releases(request.lab, reader=request.actor), public_id=release)
    found = worded_one(found, get_language() or "en")
    wording = wording_of(found, "text")
    context = {
        "release": found,
        "text": rendered(wording.text if wording else found.text),
        "text_language": wording.language if wording else found.language,
    }
    return render(request, "newsroom/release.html", context)


@require_http_methods(["GET", "POST"])
@once
def new_release(request: LabRequest) -> HttpResponse:
    """Begin a release."""
    require(request.actor, "release.edit", request.lab)
    form = ReleaseForm(request.POST or None, lab=request.lab, initial={"language": request.lab.language})
    if form.is_valid():
        made = actions.draft_release(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, made, _("The draft is saved. Only the team sees it."))
    return _form(request, form, title=_("A new release"), lead=_("A draft first. You publish it on its own page."))


@require_http_methods(["GET", "POST"])
@once
def edit_release(request: LabRequest, release: str) -> HttpResponse:
    """Change a release."""
    found = get_object_or_404(request.lab.releases, public_id=release)
    require(request.actor, "release.edit", found)
    form = ReleaseForm(request.POST or None, lab=request.lab, instance=found)
    if form.is_valid():
        return see_other(request, actions.edit_release(found, by=request.actor, **form.cleaned_data), _("Saved."))
    return _form(request, form, title=_("Change the release"), back=found.get_absolute_url())


@require_POST
@once
def publish_release(request: LabRequest, release: str) -> HttpResponse:
    """Let everybody read it."""
    found = actions.publish_release(get_object_or_404(request.lab.releases, public_id=release), by=request.actor)
    return see_other(request, found, _("Everybody can read it now."))


@require_POST
@once
def take_back_release(request: LabRequest, release: str) -> HttpResponse:
    """Make it a draft again."""
    found = actions.take_release_back(get_object_or_404(request.lab.releases, public_id=release), by=request.actor)
    return see_other(request, found, _("Only the team sees it now."))


@require_http_methods(["GET", "POST"])
@once
def new_contact(request: LabRequest) -> HttpResponse:
    """Name somebody for the press."""
    require(request.actor, "contact.edit", request.lab)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        actions.add_contact(request.lab, by=request.actor, **form.cleaned_data)
        return see_other(request, _list(request), _("Saved."))
    return _form(request, form, title=_("A contact for the press"))


@require_http_methods(["GET", "POST"])
@once
def edit_contact(request: LabRequest, contact: str) -> HttpResponse:
    """Change a press contact."""
    found = get_object_or_404(request.lab.press_contacts, public_id=contact)
    require(request.actor, "contact.edit", found)
    form = ContactForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.edit_contact(found, by=request.actor, **form.cleaned_data)
        return see_other(request, _list(request), _("Saved."))
    return _form(request, form, title=_("Change the contact"))


@require_POST
@once
def remove_contact(request: LabRequest, contact: str) -> HttpResponse:
    """Take a press contact away."""
    actions.remove_contact(get_object_or_404(request.lab.press_contacts, public_id=contact), by=request.actor)
    return see_other(request, _list(request), _("Taken away."))


def _list(request: LabRequest) -> str:
    return reverse("newsroom:releases", kwargs={"lab": request.lab.slug})


def _form(request: LabRequest, form: ReleaseForm | ContactForm, *, title: str, lead: str = "", back: str = "") -> HttpResponse:
    context = {"title": title, "lead": lead, "form": form, "back": back or _list(request)}
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)
