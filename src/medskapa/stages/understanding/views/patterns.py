"""Where tellers placed what they told: all scales, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from medskapa.ground.labs.middleware import LabRequest
from medskapa.ground.labs.wordings import worded, worded_one
from medskapa.ground.ledger.actors import require
from medskapa.ground.web.languages import asked
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.queries import listed_stories, shown
from medskapa.stages.listening.scales import box_of, ends_of, regions_on
from medskapa.stages.understanding.patterns import age_labels, language_labels, pattern_of, scales_with_patterns, stories_in

MOST = 30  # stories of one region on a page


@require_safe
def patterns(request: LabRequest) -> HttpResponse:
    """Every scale, and how many have placed something on it."""
    require(request.actor, "pattern.see", request.lab)
    return render(request, "understanding/patterns.html", {"scales": worded(scales_with_patterns(request.lab), asked())})


@require_safe
def pattern(request: LabRequest, scale: str) -> HttpResponse:
    """One scale: the picture, the same as a table, who placed how, and the stories of one region."""
    require(request.actor, "pattern.see", request.lab)
    row = worded_one(get_object_or_404(request.lab.scales.select_related("lab"), public_id=scale), asked())
    found = pattern_of(row)
    chosen = _chosen(request.GET.get("region", ""), len(regions_on(row)))
    context = {
        "scale": row,
        "ends": ends_of(row),
        "pattern": found,
        "box": box_of(row),
        "groups": [
            group for group in (found.groups_by("language", language_labels(found)), found.groups_by("age_band", age_labels())) if group
        ],
        "chosen": chosen,
        "stories": _stories(request, stories_in(found, regions_on(row)[chosen])) if chosen is not None and found.is_shown else [],
    }
    return render(request, "understanding/pattern.html", context)


def _chosen(text: str, count: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) < count else None


def _stories(request: LabRequest, keys: list[int]) -> list[object]:
    """Those that the reader may read anyway."""
    rows = listed_stories(request.lab, reader=request.actor).filter(pk__in=keys).exclude(state=Story.State.WITHDRAWN)[:MOST]
    return list(shown(rows, reader=request.actor))
