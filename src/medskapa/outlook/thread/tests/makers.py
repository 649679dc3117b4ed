"""A whole thread from stories to an echo, for tests."""

from dataclasses import dataclass

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.outlook.thread.actions import send_echo
from medskapa.outlook.thread.models import Echo
from medskapa.stages.cocreation.models import Challenge, Idea, Prototype
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, an_idea
from medskapa.stages.listening.models import Story
from medskapa.stages.understanding.models import Insight
from medskapa.stages.understanding.tests.makers import an_insight


@dataclass(frozen=True, slots=True)
class AThread:
    """Stories, and what grew from them one after the other."""

    stories: list[Story]
    insight: Insight
    challenge: Challenge
    idea: Idea
    prototype: Prototype


def a_thread(lab: Lab, tellers: int = 3) -> AThread:
    """Stories by as many tellers, a confirmed insight, an open challenge, an idea and a prototype."""
    insight = an_insight(lab, tellers=tellers, state=Insight.State.CONFIRMED)
    challenge = a_challenge(lab, insights=[insight])
    idea = an_idea(lab, challenge=challenge)
    prototype = a_prototype(lab, idea=idea)
    stories = list(Story.objects.filter(evidence__insight=insight).order_by("pk"))
    return AThread(stories, insight, challenge, idea, prototype)


def an_echo(
    lab: Lab, about: Insight | Challenge | Idea | Prototype, hearers: list[Pseudonym], title: str = "The library tries it now."
) -> Echo:
    """A sentence of what became of it, to these people."""
    return send_echo(
        lab, stage="understand", about=about.public_id, title=title, language="sv", hearers=hearers, by=Actor.system("demo", lab.public_id)
    )
