"""Small numbers. Outside the team a count of one to four people says too much, so it reads "a few"."""

from django.utils.translation import pgettext

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.moments import number

FEWEST = 5  # groups smaller than this are not told apart


def is_few(count: int) -> bool:
    """Whether a count could point somebody out."""
    return 0 < count < FEWEST


def a_few(count: int, actor: Actor) -> str:
    """The count as this reader may see it: the team sees it, others read "a few" for one to four."""
    if is_few(count) and not actor.is_team:
        return pgettext("a count of one to four people", "a few")
    return number(count)
