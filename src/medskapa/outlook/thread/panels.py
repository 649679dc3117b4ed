"""What giving back shows on the pages of other rooms: the strip on each artefact, echoes on the return page, who waits."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.stages import stage_of
from medskapa.ground.web import moments
from medskapa.ground.web.panels import Todo
from medskapa.outlook.thread.queries import one_step, thread_address
from medskapa.outlook.thread.waiting import waits


def strip(actor: Actor, artefact: Any) -> tuple[str, dict[str, Any]] | None:
    """What an artefact grew from and what it became, one step each way; nothing for what is not on the thread."""
    if stage_of(type(getattr(artefact, "row", artefact))) is None:
        return None
    parents, children = one_step(artefact, reader=actor, language=get_language() or "en")
    context = {
        "parents": parents,
        "children": children,
        "address": thread_address(artefact),
        "kind": artefact._meta.model_name,
        "artefact": artefact,
    }
    return "thread/strip.html", context


def todo_echoes(actor: Actor, lab: Lab) -> list[Todo]:
    """For those who may tell back: stories that were answered once, and whose tellers wait for news. Five SQL queries."""
    if not may(actor, "echo.send", lab):
        return []
    late = [one for one in waits(lab).waiting if one.is_answered]
    if not late:
        return []
    text = ngettext(
        "%(count)s person waits to hear what became of their story", "%(count)s people wait to hear what became of their story", len(late)
    )
    return [Todo(text % {"count": moments.number(len(late))}, reverse("thread:waiting", kwargs={"lab": lab.slug}), late[0].since)]
