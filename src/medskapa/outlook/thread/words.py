"""Words for what stands in a thread without a title of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medskapa.ground.web.moments import number


def hidden_title(stage: str, count: int, *, is_few: bool, gives_way: bool = False) -> str:
    """What a reader is told of artefacts that they may not open: how many, and outside the team never a number below five."""
    if stage == "listen" and gives_way:
        if is_few:
            return _("A few statements")
        return ngettext("%(count)s statement", "%(count)s statements", count) % {"count": number(count)}
    if stage == "listen":
        if is_few:
            return _("A few stories")
        return ngettext("%(count)s story", "%(count)s stories", count) % {"count": number(count)}
    if is_few:
        return _("A few that are not open to you")
    return ngettext("%(count)s that is not open to you", "%(count)s that are not open to you", count) % {"count": number(count)}


def more_title(count: int) -> str:
    """What stands for those beside the followed way that are not drawn one by one."""
    return ngettext("%(count)s more", "%(count)s more", count) % {"count": number(count)}


def stump_title() -> str:
    """What stands where a story was."""
    return _("A story that is no longer here")


def echoes_title(people: int, *, is_few: bool) -> str:
    """How many of those who told have been told what happened."""
    if is_few:
        return _("Told back to a few")
    return ngettext("Told back to %(count)s person", "Told back to %(count)s people", people) % {"count": number(people)}


def lead(stories: int, *, is_few: bool) -> str:
    """The sentence above a thread picture."""
    if not stories:
        return _("No story leads here yet. The strong lines are what has grown so far; the pale ones are what else grew in the same lab.")
    if is_few:
        return _("The strong lines are the way from a few stories and onwards. The pale ones are what else grew in the same lab.")
    sentence = ngettext(
        "The strong lines are the way from %(count)s story and onwards. The pale ones are what else grew in the same lab.",
        "The strong lines are the way from %(count)s stories and onwards. The pale ones are what else grew in the same lab.",
        stories,
    )
    return sentence % {"count": number(stories)}
