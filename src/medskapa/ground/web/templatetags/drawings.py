"""The numbers of small drawings, for the components that draw them."""

from django import template

from medskapa.ground.web import drawing

register = template.Library()


@register.filter
def joins(count: int) -> list[drawing.Strand]:
    """A strand for each of the others who join."""
    return drawing.joins(count)


@register.filter
def band(count: int) -> list[drawing.Strand]:
    """A strand for each story."""
    return drawing.band(count)


@register.filter
def hundred(yes: int) -> tuple[str, str]:
    """The dots that are, and those that are not."""
    return drawing.hundred(yes)


@register.filter
def sway(index: int) -> str:
    """The line from one step to the next."""
    return drawing.sway(index)


@register.filter
def thickness(others: int, index: int) -> str:
    """How many people a line carries."""
    return drawing.thickness(others, index)
