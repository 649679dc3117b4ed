"""What this room tells on a teller's own page: told, read by whom, answered, released, handed on, taken back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from medskapa.ground.ledger.chain import ReadBy, first_readings, name_of
from medskapa.ground.ledger.sealing import Opened
from medskapa.ground.people.roles import Role
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.actions import OpenedStory
from medskapa.stages.listening.models import Crossing, Message, Reach, Story
from medskapa.stages.listening.visibility import reach_now

STEP = "listening/own/step.html"  # how every step is drawn; alone, its few words say it all
ANSWER = "listening/own/answer.html"


def steps_told(stories: list[OpenedStory], talk: Iterable[Opened[Message]]) -> list[Step]:
    """What happened to each story in this room, each as `with_end` gives it. Two SQL queries."""
    rows: list[Any] = [opened.story.row for opened in stories]  # with what was annotated
    readings = first_readings(rows)
    found: list[Step] = []
    for opened, row in zip(stories, rows, strict=True):
        found += _of_story(opened, readings[name_of(row)], row.over_at, may_say_anew=not row.is_over_for_adult)
    return [*found, *map(_crossed, _crossings(rows)), *map(_said, talk)]


def _of_story(opened: OpenedStory, readings: list[ReadBy], over: datetime | None, *, may_say_anew: bool) -> Iterator[Step]:
    story = opened.story.row
    of = frozenset({story.public_id})
    is_gone = story.state == Story.State.WITHDRAWN
    says = _("You told something") if is_gone else _("You told this")
    yield Step(story.told_at, "listen", says, "listening/own/told.html", {"opened": opened}, of=of)
    for addition in () if is_gone else opened.additions:
        yield Step(
            addition.told_at, "listen", _("You added this"), "listening/own/words.html", {"said": addition, "lang": story.language}, of=of
        )
    if story.corrected_at and not is_gone:
        yield Step(story.corrected_at, "listen", _("You changed what you had told"), STEP, {}, of=of)
    for reading in readings:
        yield Step(reading.at, "listen", _("Read by: %(role)s") % {"role": _role(reading)}, STEP, {}, of=of)
    if story.is_out and story.released_at:
        says = _("From then it could be read by: %(readers)s") if over else _("Now it may be read by: %(readers)s")
        yield Step(story.released_at, "listen", says % {"readers": Reach(reach_now(story)).label}, STEP, {}, of=of)
    if over and not is_gone:
        says = _("From here only the people who work in the lab read it")
        yield Step(over, "listen", says, "listening/own/over.html" if may_say_anew else STEP, {"story": story}, of=of)
    if story.withdrawn_at:
        yield Step(story.withdrawn_at, "listen", _went(story), "listening/own/gone.html", {}, of=of)


def _went(story: Story) -> str:
    if story.waits_since and story.is_let_go:
        return _("No adult agreed in time, so it is gone")
    return _("Its time was over, so it is gone") if story.is_let_go else _("You took it back")


def _role(reading: ReadBy) -> str:
    return str(Role(reading.role).label) if reading.role in Role.values else _("somebody in the lab")


def _crossings(stories: list[Story]) -> Iterable[Crossing]:
    rows = Crossing.objects.filter(version__story__in=stories).select_related("organisation", "version__story")
    return rows.order_by("at", "pk")


def _crossed(crossing: Crossing) -> Step:
    of = frozenset({crossing.version.story.public_id})
    return Step(crossing.at, "listen", _("It was handed to an authority"), "listening/own/crossed.html", {"crossing": crossing}, of=of)


def _said(message: Opened[Message]) -> Step:
    of = frozenset({message.story.public_id}) if message.story else frozenset()
    context = {"said": message, "lang": message.language}
    if message.from_lab:
        is_new = message.read_at is None
        return Step(message.sent_at, "back", _("The lab wrote to you"), ANSWER, context, of=of, is_new=is_new)
    return Step(message.sent_at, "pen", _("You wrote to the lab"), "listening/own/words.html", context, of=of)
