"""Who waits: nobody has answered them yet, or something happened further along the thread and they have not been told.

The lab's own quality figure is the share of stories that do not wait.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.db.shapes import Shape
from medskapa.ground.ledger.edges import Key, pairs_below
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.registry import REGISTRY
from medskapa.outlook.thread.models import EchoHearer
from medskapa.stages.cocreation.models import Challenge, Prototype
from medskapa.stages.incubation.models import Support
from medskapa.stages.listening.models import Message, Story
from medskapa.stages.pilots.models import Adoption, Pilot
from medskapa.stages.selection.models import Decision
from medskapa.stages.understanding.models import Insight

NEWS: dict[type[Model], str] = {  # what a teller wants to hear of, and the field that says when it happened
    Insight: "confirmed_at",
    Challenge: "made_at",
    Prototype: "made_at",
    Decision: "decided_at",
    Support: "made_at",
    Pilot: "started_at",
    Adoption: "since",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story that waits: since when, and whether for a first answer or for news of what became of it."""

    story: Story
    since: datetime
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """All that wait, longest first, and how many stories there are that the lab may read."""

    waiting: list[Waiting]
    stories: int

    @property
    def share_not_waiting(self) -> int | None:
        """Of 100 stories, how many do not wait, never more than do; None without stories."""
        return 100 * self.not_waiting // self.stories if self.stories else None

    @property
    def not_waiting(self) -> int:
        """How many stories do not wait."""
        return self.stories - len(self.waiting)


def waits(lab: Lab) -> Waits:
    """Who waits in a lab. Three SQL queries (in a lab of more than 20,000 links one more per level of the thread).

    Whose adult has not agreed yet waits for them and not for the lab.
    """
    stories = _HEARD.rows(lab.pk)
    if not stories:
        return Waits([], 0)
    for story in stories:
        story.lab = lab
    news = _latest_news(lab, stories)
    found = [_waiting(story, story.answered_at, news.get(story.pk), story.heard_at, lab.promise_days) for story in stories]
    waiting = sorted((one for one in found if one is not None), key=lambda one: one.since)
    return Waits(waiting, len(stories))


def _waiting(story: Story, answered: datetime | None, news: datetime | None, told: datetime | None, promise_days: int) -> Waiting | None:
    if answered is None:
        return Waiting(story, story.told_at, is_answered=False)
    heard = max(answered, told) if told else answered
    if news and news > heard and now() - news > timedelta(days=promise_days):
        return Waiting(story, news, is_answered=True)
    return None


def _latest_news(lab: Lab, stories: list[Story]) -> dict[int, datetime]:
    """For each story, when something last happened that grew from it: news go up the thread, the latest first."""
    parents: dict[Key, list[Key]] = defaultdict(list)
    for parent, child in pairs_below(stories, REGISTRY):
        parents[child].append(parent)
    latest: dict[Key, datetime] = {}
    for key, moment in sorted(_happened(lab).items(), key=lambda one: one[1], reverse=True):
        todo = [key]
        while todo:
            above = todo.pop()
            if above not in latest:
                latest[above] = moment
                todo.extend(parents[above])
    return {pk: moment for (model, pk), moment in latest.items() if model is Story}


def _happened(lab: Lab) -> dict[Key, datetime]:
    """When each thing worth telling of happened. One SQL query."""
    models = list(NEWS)
    return {(models[number], pk): moment for number, pk, moment in _HAPPENED.rows(lab.pk)}


def _heard(lab: int) -> QuerySet[Any]:
    """Every story that is read, with when its teller last got an answer, and last heard what became of it."""
    read = Story.objects.filter(lab=lab).exclude(state=Story.State.WITHDRAWN).filter(waits_since__isnull=True)
    answers = Message.objects.filter(story=OuterRef("pk"), from_lab=True).order_by("-sent_at").values("sent_at")
    echoes = EchoHearer.objects.filter(pseudonym=OuterRef("teller")).order_by("-echo__sent_at").values("echo__sent_at")
    heard = {"answered_at": Subquery(answers[:1]), "heard_at": Subquery(echoes[:1])}
    return read.select_related("teller").defer("words", "title").annotate(**heard).order_by("told_at", "pk")


def _news(lab: int) -> QuerySet[Any, Any]:
    parts = [
        model._base_manager.filter(lab=lab)
        .order_by()
        .annotate(happened=Cast(F(name), DateTimeField()))
        .filter(happened__lte=now())
        .values_list(Value(number), F("pk"), F("happened"))
        for number, (model, name) in enumerate(NEWS.items())
    ]
    return parts[0].union(*parts[1:], all=True)


_HEARD, _HAPPENED = Shape(_heard), Shape(_news)
