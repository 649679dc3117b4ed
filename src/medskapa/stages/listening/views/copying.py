"""A teller's copy of all that is kept about them: a page to read, and a file to take along."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medskapa.ground.labs.copies import packed, read_copy
from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.models import Pseudonym
from medskapa.stages.listening.views.returning import own_context, with_code


@with_code
@require_safe
def own_copy(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """All that is kept about me."""
    return render(request, "listening/own_copy.html", own_context(teller, told=read_copy(teller, by=request.actor)))


@with_code
@require_safe
def own_copy_file(request: LabRequest, teller: Pseudonym) -> HttpResponse:
    """The same as a file, whose name gives nothing away."""
    content = packed(read_copy(teller, by=request.actor), teller)
    headers = {"Content-Disposition": 'attachment; filename="copy.zip"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/zip", headers=headers)
