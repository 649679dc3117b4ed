"""The lab's own quality figure, on its first page for everybody: the share of stories that do not wait for the lab."""

from typing import Any

from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.disclosure import a_few, is_few
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import Built
from medskapa.outlook.thread.waiting import waits


def figure(actor: Actor, lab: Any) -> Built:
    """How many of a hundred stories do not wait. Three SQL queries.

    Outside the team no share from which one to four could be worked out.
    """
    if not isinstance(lab, Lab):
        return None
    found = waits(lab)
    if found.share_not_waiting is None or (is_few(found.stories) and not actor.is_team):
        return None
    text = _("stories do not wait for us")
    if is_few(found.not_waiting) and not actor.is_team:
        said = a_few(found.not_waiting, actor), text
    elif is_few(len(found.waiting)) and not actor.is_team:
        said = _("all but a few"), text
    else:
        said = number(found.share_not_waiting), _("of 100 stories do not wait for us")
    return "web/components/figure/figure.html", {"number": said[0], "text": said[1]}
