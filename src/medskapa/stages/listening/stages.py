"""What listening adds to the thread: stories, the statements that grew from them, and what grew from which."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.stages import Link, Stage, link, register
from medskapa.ground.web.moments import month
from medskapa.stages.listening.models import Statement, StatementOrigin, Story
from medskapa.stages.listening.visibility import TITLES, listed, title_now


def enter() -> None:
    """Register the room's artefacts. Called when the installation starts."""
    register(
        Stage(
            name="listen",
            model=Story,
            visible=visible_stories,
            title=lambda story, actor: title_now(story) or _("A story"),
            moment=lambda story, actor: month(story.told_at) if actor.is_team else "",  # others read on its page what may be said
            is_withdrawn=lambda story: story.state == Story.State.WITHDRAWN,
            opens=TITLES,
        )
    )
    register(
        Stage(
            name="listen",
            model=Statement,
            visible=visible_statements,
            title=lambda statement, actor: statement.title,
            moment=lambda statement, actor: statement.made_at,
            is_counted=False,
            gives_way=True,
        )
    )
    link(Link(StatementOrigin, parent="story", child="statement"))


def visible_stories(actor: Actor) -> QuerySet[Any]:
    """The stories whose titles this reader may see, and stumps."""
    return listed(Story.objects.select_related("lab").defer("words"), reader=actor)


def visible_statements(actor: Actor) -> QuerySet[Any]:
    """Statements that can be answered, for members of the lab; those that wait or were set aside for the team and their makers."""
    if not may(actor, "conversation.see"):
        return Statement.objects.none()
    mine = Q(by_pseudonym__public_id=actor.key) | Q(by_participation__public_id=actor.key)
    return Statement.objects.select_related("lab").filter(Q() if actor.is_team else mine | Q(state=Statement.State.OPEN))
