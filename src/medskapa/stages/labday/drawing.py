"""The big screen's drawing: the day is one line across it; now is where the line makes a loop, and the loop is the clock."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

from medskapa.stages.labday.runsheet import RunSheet

WIDTH = 1280
LINE = 492  # how far down the day's line runs
HERE = 330  # where the loop hangs
CENTRE = 292
RADIUS = 200
BEHIND = (216, 138, 60)  # places of the last three blocks, the nearest first
AHEAD = (640, 1180)  # between these lie the next four
MOST_AHEAD = 4
LONGEST = 13  # letters of a block's name on the line


@dataclass(frozen=True, slots=True)
class Knot:
    """A block on the line: where, what it is called, when it began or will."""

    x: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Loop:
    """The line with its loop: what is past, what runs, what comes, and how far round the clock is."""

    behind: tuple[Knot, ...]
    here: Knot | None
    ahead: tuple[Knot, ...]
    arc: str
    hand: tuple[float, float]


def loop_of(sheet: RunSheet) -> Loop:
    """The drawing of a day at this moment."""
    behind = [line for line in sheet.lines if line.is_done]
    ahead = [line for line in sheet.lines if not line.is_done and not line.is_now][:MOST_AHEAD]
    step = (AHEAD[1] - AHEAD[0]) // max(1, len(ahead) - 1)
    return Loop(
        behind=tuple(Knot(x, "", line.at) for x, line in zip(BEHIND, reversed(behind), strict=False)),
        here=Knot(HERE, _short(sheet.now.block.title), sheet.now.at) if sheet.now else None,
        ahead=tuple(Knot(AHEAD[0] + place * step, _short(line.block.title), line.at) for place, line in enumerate(ahead)),
        arc=_arc(sheet.share),
        hand=_hand(sheet.share),
    )


def _hand(share: float) -> tuple[float, float]:
    angle = 2 * pi * share
    return round(HERE - RADIUS * sin(angle), 1), round(CENTRE + RADIUS * cos(angle), 1)


def _arc(share: float) -> str:
    """From where the line arrives, round with the clock; nothing at the beginning, a whole ring when the time is up."""
    if share <= 0:
        return ""
    top = f"{HERE} {CENTRE - RADIUS}"
    if share >= 1:
        return f"M{HERE} {LINE}A{RADIUS} {RADIUS} 0 1 1 {top}A{RADIUS} {RADIUS} 0 1 1 {HERE} {LINE}"
    x, y = _hand(share)
    return f"M{HERE} {LINE}A{RADIUS} {RADIUS} 0 {int(share > 0.5)} 1 {x} {y}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
