"""How numbers about what got better are written and said."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from medskapa.ground.web.moments import number
from medskapa.ground.web.templatetags.medskapa import plainly
from medskapa.stages.outcomes.chart import written
from medskapa.stages.outcomes.effect import Change
from medskapa.stages.outcomes.queries import Standing

register = template.Library()


@register.filter
def value(measured: Decimal | None) -> str:
    """A value as people write it."""
    return "" if measured is None else written(measured)


@register.filter
def signed(difference: Decimal) -> str:
    """A difference with its sign: ``+25``."""
    return f"+{written(difference)}" if difference > 0 else written(difference)


@register.filter
def surely(change: Change) -> str:
    """How sure we are, in one sentence."""
    if change.margin is None:
        return _("We do not know how sure this is: no margin was noted.")
    low, high = (number(value, 0 if abs(value) >= 2 else 1) for value in change.margin)
    if change.verdict == "unclear":
        return _("We can't tell: the difference is between %(low)s and %(high)s.") % {"low": low, "high": high}
    return _("We are fairly sure: the difference is between %(low)s and %(high)s.") % {"low": low, "high": high}


@register.filter
def is_of_100(unit: str) -> bool:
    """Whether a hundred dots can show it."""
    return "100" in unit or "%" in unit


@register.filter
def whole(measured: Decimal) -> int:
    """Rounded to a whole one, for dots."""
    return int(measured.to_integral_value())


@register.simple_tag
def in_words(standing: Standing) -> str:
    """What a drawing says, for who hears it: where it began and where it is."""
    if standing.change:
        before, last = written(standing.change.before.value), written(standing.change.now.value)
        return _("Before: %(before)s. Now: %(now)s. Unit: %(unit)s.") % {
            "before": before,
            "now": last,
            "unit": plainly(standing.indicator, "unit"),
        }
    first, last = written(standing.here[0].value), written(standing.here[-1].value)
    return _("First: %(first)s. Last: %(last)s. Unit: %(unit)s.") % {
        "first": first,
        "last": last,
        "unit": plainly(standing.indicator, "unit"),
    }
