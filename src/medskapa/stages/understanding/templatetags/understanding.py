"""How an insight stands, in whole sentences, with counts as this reader may see them."""

from collections.abc import Iterator

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medskapa.ground.safeguarding.disclosure import FEWEST, a_few
from medskapa.ground.web.moments import number
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.queries import Standing, standing

register = template.Library()


@register.simple_tag(takes_context=True)
def carried_by(context: Context, insight: Insight) -> str:
    """``Carried by 7 tellers. The answers to 2 statements speak about it.``"""
    stands = standing(insight)
    if not stands.tellers and not stands.answered:
        return _("Carried by nobody's words yet.")
    return " ".join(_sentences(stands, context))


def _sentences(stands: Standing, context: Context) -> Iterator[str]:
    if stands.tellers >= FEWEST and not context["actor"].is_team:  # the exact count, less the voices shown, would tell how few are kept
        yield _("Carried by at least %(number)s tellers.") % {"number": number(stands.tellers // FEWEST * FEWEST)}
    elif stands.tellers:
        tellers = {"number": a_few(stands.tellers, context["actor"])}
        yield ngettext("Carried by one teller.", "Carried by %(number)s tellers.", _plural(stands.tellers, context)) % tellers
    if stands.answered:
        text = ngettext(
            "The answers to one statement speak about it.", "The answers to %(count)s statements speak about it.", stands.answered
        )
        yield text % {"count": number(stands.answered)}


@register.simple_tag(takes_context=True)
def withdrawn_sources(context: Context, count: int) -> str:
    """``One source was withdrawn.``"""
    sources = {"number": a_few(count, context["actor"])}
    return ngettext("One source was withdrawn.", "%(number)s sources were withdrawn.", _plural(count, context)) % sources


@register.simple_tag(takes_context=True)
def changed_sources(context: Context, count: int) -> str:
    """``One teller has changed their words.``"""
    tellers = {"number": a_few(count, context["actor"])}
    return (
        ngettext("One teller has changed their words.", "%(number)s tellers have changed their words.", _plural(count, context)) % tellers
    )


@register.simple_tag(takes_context=True)
def kept_voices(context: Context, count: int, shown: object = ()) -> str:
    """``And a few more voices, which stay where their tellers wished.``"""
    plural = _plural(count, context)
    alone = ngettext("One voice, which stays where its teller wished.", "%(number)s voices, which stay where their tellers wished.", plural)
    more = ngettext(
        "And one more voice, which stays where its teller wished.",
        "And %(number)s more voices, which stay where their tellers wished.",
        plural,
    )
    return (more if shown else alone) % {"number": a_few(count, context["actor"])}


def _plural(count: int, context: Context) -> int:
    """Who may not see a small count may not see it in the grammar either."""
    return count if context["actor"].is_team else max(count, 2)
