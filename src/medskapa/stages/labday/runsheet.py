"""The run sheet of a day: when each block is meant to begin, and when it will, as the day really goes. Pure arithmetic, no SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from medskapa.stages.labday.models import Block

SHOWN = 5  # blocks in the strip
A_MINUTE = timedelta(minutes=1)


class Progress(StrEnum):
    """How far a block is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Line:
    """One block: when it was meant to begin, when it began or will, and when it ends."""

    block: Block
    planned_at: datetime
    at: datetime
    ends_at: datetime
    progress: Progress

    @property
    def is_now(self) -> bool:
        """Whether it runs now."""
        return self.progress is Progress.NOW

    @property
    def is_done(self) -> bool:
        """Whether it lies behind: it took place, or was left out."""
        return self.progress in {Progress.DONE, Progress.LEFT_OUT}


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A day's blocks at one moment."""

    lines: tuple[Line, ...]
    moment: datetime
    planned_end: datetime
    end: datetime

    @property
    def now(self) -> Line | None:
        """The block that runs."""
        return next((line for line in self.lines if line.is_now), None)

    @property
    def next(self) -> Line | None:
        """The block that comes next."""
        return next((line for line in self.lines if line.progress is Progress.LATER), None)

    @property
    def drift(self) -> int:
        """By how many minutes the day ends later than planned; negative if earlier."""
        return round((self.end - self.planned_end) / A_MINUTE)

    @property
    def minutes_early(self) -> int:
        """By how many minutes the day ends earlier than planned."""
        return max(0, -self.drift)

    @property
    def has_begun(self) -> bool:
        """Whether any block has been started."""
        return any(line.block.started_at for line in self.lines)

    @property
    def minutes_left(self) -> int:
        """Whole minutes left of the block that runs, rounded up; negative when it has run over."""
        if self.now is None:
            return 0
        planned = self.now.at + timedelta(minutes=self.now.block.minutes)
        return -((self.moment - planned) // A_MINUTE)

    @property
    def minutes_over(self) -> int:
        """By how many whole minutes the block that runs has run over."""
        return max(0, -self.minutes_left)

    @property
    def share(self) -> float:
        """How much of the block that runs is over, between 0 and 1."""
        if self.now is None:
            return 0.0
        return min(1.0, max(0.0, (self.moment - self.now.at) / timedelta(minutes=self.now.block.minutes)))

    def strip(self) -> tuple[Line, ...]:
        """Five lines round the block that runs, or round the next one."""
        here = self.now or self.next
        place = self.lines.index(here) if here else len(self.lines)
        first = max(0, min(place - 2, len(self.lines) - SHOWN))
        return self.lines[first : first + SHOWN]


def run_sheet(blocks: Sequence[Block], *, starts_at: datetime, moment: datetime, is_over: bool = False) -> RunSheet:
    """The run sheet of these blocks, which follow one another from ``starts_at``; ``is_over`` if the day itself has passed."""
    last_started = max((place for place, block in enumerate(blocks) if block.started_at), default=-1)
    lines: list[Line] = []
    planned = expected = starts_at
    for place, block in enumerate(blocks):
        progress = _progress(block, is_behind=place < last_started, is_over=is_over, is_dry=last_started < 0)
        if progress is Progress.LATER and not is_over:
            expected = max(expected, moment) if place == last_started + 1 else expected
        line = _line(block, progress, planned=planned, expected=expected, moment=moment)
        lines.append(line)
        planned, expected = planned + timedelta(minutes=block.minutes), line.ends_at
    return RunSheet(tuple(lines), moment, planned_end=planned, end=expected)


def _progress(block: Block, *, is_behind: bool, is_over: bool, is_dry: bool) -> Progress:
    if block.started_at and (block.ended_at or is_over):
        return Progress.DONE
    if block.started_at:
        return Progress.NOW
    if is_over and is_dry:
        return Progress.DONE  # nobody pressed start that day: it went as it was planned
    return Progress.LEFT_OUT if is_behind or is_over else Progress.LATER


def _line(block: Block, progress: Progress, *, planned: datetime, expected: datetime, moment: datetime) -> Line:
    begins = block.started_at or expected
    planned_length = timedelta(minutes=block.minutes)
    ends = {
        Progress.DONE: block.ended_at or begins + planned_length,
        Progress.NOW: max(begins + planned_length, moment),
        Progress.LATER: begins + planned_length,
        Progress.LEFT_OUT: begins,
    }[progress]
    return Line(block, planned, begins, ends, progress)
