"""The thread of each story as its teller sees it: everything that happened to it, whichever room knows of it, in the order of time.

What grew from several stories of one teller is told where the first of them is; the lines of the others run into it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from medskapa.ground.ledger.moment import now
from medskapa.ground.web.drawing import thickness
from medskapa.ground.web.moments import day
from medskapa.ground.web.panels import Step
from medskapa.stages.listening.models import Story
from medskapa.stages.listening.own import ANSWER, STEP

JOINS = "listening/own/joins.html"  # where the line of a story runs into that of another
NOBODYS = ""  # the line of a teller who has told nothing


@dataclass(slots=True)
class Laid:
    """A step where it stands on its line: how thick the line is there, the lab's words about it, and whether it is still ahead."""

    step: Step
    words: list[Step] = field(default_factory=list)
    width: str = ""
    place: int = 0
    has_day: bool = True
    is_ahead: bool = False
    leads_ahead: bool = False  # what comes next is still ahead
    is_first_new: bool = False
    is_last: bool = False

    @property
    def when(self) -> str:
        """Its day, where it has one."""
        return day(self.step.at) if self.has_day else ""

    @property
    def is_quiet(self) -> bool:
        """Whether its few words say it all."""
        return self.step.template == STEP and not self.words

    @property
    def is_new(self) -> bool:
        """Whether the teller has not seen it, or not all of it."""
        return any(step.is_new for step in (self.step, *self.words))


@dataclass(slots=True)
class Line:
    """One story, or none, and what became of it."""

    story: Story | None
    laid: list[Laid] = field(default_factory=list)

    @property
    def is_taken_back(self) -> bool:
        """Whether its story is only a stump."""
        return self.story is not None and self.story.state == Story.State.WITHDRAWN

    @property
    def has_grown(self) -> bool:
        """Whether anything came of it beyond this room."""
        return any(one.step.about and not one.is_ahead for one in self.laid)


def lines_of(stories: Iterable[Story], own: Iterable[Step], offered: Iterable[Step]) -> list[Line]:
    """The line of each story, oldest first; one without a story for who has told nothing. No SQL.

    ``own``  the steps of this room, each of one story or of none
    ``offered``  those of later rooms, each of any number of stories
    """
    lines = {story.public_id: Line(story) for story in stories} or {NOBODYS: Line(None)}
    for step in own:
        _home(lines, step).laid.append(Laid(step))
    for step in sorted(offered, key=lambda step: (step.is_word, step.at)):
        (_lay_word if step.is_word else _lay)(lines, step)
    found = list(lines.values())
    for line in found:
        line.laid.sort(key=lambda one: one.step.at)
        line.laid += _ahead(line)
        _draw(line, goes_on=len(found) == 1)
    for one in [one for line in found for one in line.laid if one.is_new][:1]:
        one.is_first_new = True
    return found


def _home(lines: dict[str, Line], step: Step) -> Line:
    """The line of what a step names; else that of the last story told by then, which a word without a name most likely answers."""
    named = [lines[name] for name in sorted(step.of) if name in lines]
    before = [line for line in lines.values() if line.story is None or line.story.told_at <= step.at]
    kept = [line for line in before if not line.is_taken_back]
    return (named or kept[-1:] or before[-1:] or list(lines.values()))[0]


def _lay(lines: dict[str, Line], step: Step) -> None:
    """What grew from a story stands on its line; what was there before the story was told did not grow from it."""
    behind = [line for name, line in lines.items() if name in step.of and line.story and line.story.told_at <= step.at]
    for line in behind[:1]:
        line.laid.append(Laid(step))
    for line in behind[1:]:
        if not any(one.step.template == JOINS for one in line.laid):
            home = {"home": behind[0].story}
            line.laid.append(Laid(Step(step.at, step.stage, _("It goes on together"), JOINS, home, others=step.others)))


def _lay_word(lines: dict[str, Line], word: Step) -> None:
    """The lab's word stands with the last step that it can be about, once; else on its own."""
    about = [(one, line) for line in lines.values() for one in line.laid if one.step.about & word.about]
    before = sorted((one for one, _line in about if one.step.at <= word.at), key=lambda one: one.step.at)
    if before and not before[-1].words:
        before[-1].words.append(word)
    else:
        line = about[0][1] if about else _home(lines, word)
        line.laid.append(Laid(replace(word, template=STEP, context={}, is_word=False), words=[word]))


def _ahead(line: Line) -> list[Laid]:
    """What comes next, where the teller would else wait without knowing for what."""
    story = line.story
    if story is None or line.is_taken_back or line.has_grown:
        return []
    if any(one.step.template == ANSWER for one in line.laid):
        return [Laid(Step(now(), "understand", _("Next"), "listening/own/growing.html", {}), has_day=False)]
    due = story.told_at + timedelta(days=story.lab.promise_days)
    is_late = due <= now()
    step = Step(due, "back", "" if is_late else _("At the latest"), "listening/own/promise.html", {"is_late": is_late, "due": due})
    return [Laid(step, has_day=not is_late)]


def _draw(line: Line, *, goes_on: bool) -> None:
    """Thicker is more people: alone, where others join, and from then on. What is ahead is dotted; a single line goes on to today."""
    others = since = 0
    for place, one in enumerate(line.laid):
        others, since = max(others, one.step.others), since + 1 if others else 1
        one.place, one.width = place, thickness(others, since)
        one.is_ahead = not one.has_day or one.step.at > now()
    for one, following in zip(line.laid, line.laid[1:], strict=False):
        one.leads_ahead = following.is_ahead
    for last in line.laid[-1:]:
        last.is_last = not goes_on
