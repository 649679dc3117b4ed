"""The thread picture for phones: ten rows, time from top to bottom."""

from medskapa.outlook.thread.drawing import BACK, LISTEN, Knot, Threads, in_lines, jitter, order_by_parents, thickness
from medskapa.outlook.thread.shapes import Dot, Label, Path, Picture, Ring

WIDTH = 344.0
FIRST, STEP = 134.0, 88.0
SWAY = (64.0, 64.0, 80.0, 56.0, 72.0, 84.0, 64.0, 74.0, 56.0, 84.0)
STORIES_TOP, STORIES_LOW = 31.0, 56.0
ON_START, ON_END, ON_END_ALONE = 62.0, 190.0, 290.0
OFF_START, OFF_END = 226.0, 324.0
ROOM, LETTER = 72.0, 7.6  # between two followed knots that have titles below them; how wide a letter is


def tall_picture(threads: Threads) -> Picture:
    """Draw the graph in ten rows: the followed way at the inline start with its titles, all else small at the end."""
    places = _places(threads)
    stories = _story_places(threads)
    picture = Picture(width=WIDTH, height=_y(BACK) + 62.0)
    picture.paths += _strands(threads, places, stories)
    picture.dots += [Dot(*stories[knot.id], knot) for knot in threads.in_column(LISTEN)]
    picture.rings += _rings(threads, places)
    _close(picture, threads, places, stories)
    return picture


def _y(row: int) -> float:
    return FIRST + STEP * (row - 1)


def _places(threads: Threads) -> dict[str, float]:
    """How far in each knot after the stories stands: one that is followed on the swaying line, several beside each other."""
    places: dict[str, float] = {}
    for row in range(1, BACK + 1):
        knots = order_by_parents(threads.in_column(row), threads, places)
        on = [knot for knot in knots if knot.is_on]
        off = [knot for knot in knots if not knot.is_on]
        places |= _spread(on, SWAY[row] if len(on) == 1 else ON_START, ON_END if off else ON_END_ALONE)
        places |= _spread(off, OFF_START if on else 40.0, OFF_END, towards_end=True)
    return places


def _spread(knots: list[Knot], start: float, end: float, *, towards_end: bool = False) -> dict[str, float]:
    if len(knots) == 1:
        return {knots[0].id: (start + end) / 2 + 30.0 if towards_end else start}
    step = (end - start) / max(len(knots) - 1, 1)
    return {knot.id: round(start + step * number, 1) for number, knot in enumerate(knots)}


def _story_places(threads: Threads) -> dict[str, tuple[float, float]]:
    stories = threads.in_column(LISTEN)
    on = [story for story in stories if story.is_on]
    off = [story for story in stories if not story.is_on]
    return _row(on, 24.0, 150.0 if off else 300.0) | _row(off, 196.0 if on else 24.0, OFF_END)


def _row(stories: list[Knot], start: float, end: float) -> dict[str, tuple[float, float]]:
    step = (end - start) / max(len(stories) - 1, 1)
    middle = (STORIES_TOP + STORIES_LOW) / 2
    spread = (STORIES_LOW - STORIES_TOP) / 2
    return {
        story.id: (round(start + step * number, 1), round(middle + jitter(story.id, 2, spread), 1)) for number, story in enumerate(stories)
    }


def _strands(threads: Threads, places: dict[str, float], stories: dict[str, tuple[float, float]]) -> list[Path]:
    behind = threads.stories_behind()
    paths = []
    for strand in sorted(threads.strands, key=threads.is_on):
        parent, child = threads.knots[strand.parent], threads.knots[strand.child]
        if child.id not in places or (parent.id not in places and parent.id not in stories):
            continue
        is_on = threads.is_on(strand)
        end = (places[child.id], _y(child.column))
        if parent.column == LISTEN:
            paths += _fan(parent, stories[parent.id], end, is_on)
        else:
            width = thickness(behind[parent.id]) if is_on else 1.5
            paths.append(Path(curve(places[parent.id], _y(parent.column), *end), "red" if is_on else "off", width=width))
    return paths


def _fan(story: Knot, start: tuple[float, float], end: tuple[float, float], is_on: bool) -> list[Path]:
    lines = min(story.strands, 60)
    return [
        Path(
            curve(start[0] + (number - (lines - 1) / 2) * 2.5, start[1], end[0], end[1] - 12.0),
            "red" if is_on else "off",
            width=1.1 if is_on else 1.25,
            faint=is_on,
        )
        for number in range(lines)
    ]


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A cubic curve that leaves downwards and arrives downwards; a line back bows out at the side."""
    if y2 <= y1:
        side = max(x1, x2) + 60.0
        return f"M{x1:g} {y1:g}C{side:g} {y1 + 40:g} {side:g} {y2 - 40:g} {x2:g} {y2:g}"
    reach = (y2 - y1) / 2
    return f"M{x1:g} {y1:g}C{x1:g} {y1 + reach:g} {x2:g} {y2 - reach:g} {x2:g} {y2:g}"


def _rings(threads: Threads, places: dict[str, float]) -> list[Ring]:
    rings = []
    for row in range(1, BACK + 1):
        on = sorted(places[knot.id] for knot in threads.in_column(row) if knot.is_on)
        room = on[1] - on[0] if len(on) > 1 else 0.0
        for knot in (threads.knots[id] for id in places if threads.knots[id].column == row):
            radius = 14.0 if knot.is_on else 8.5
            has_off = any(not other.is_on for other in threads.in_column(row))
            rings.append(Ring(places[knot.id], _y(row), radius, knot, _label(knot, places[knot.id], _y(row), room, has_off)))
    return rings


def _label(knot: Knot, x: float, y: float, room: float, has_off: bool) -> Label:
    """The title beside the one knot that is followed, below each of several where there is room; the list below has every title."""
    if knot.is_on and not room:
        lines = in_lines(knot.title, 14 if has_off else 30, 2)
        return Label(x + 21.0, y + 4.5 - 7.5 * (len(lines) - 1), lines, kind="b halo", anchor="start")
    if knot.is_on and (room >= ROOM or knot.is_more):
        return Label(x, y + 31.0, in_lines(knot.title, int(min(max(room, ROOM), 2 * x - 16.0) / LETTER), 2), kind="b halo")
    return Label(x, y + 25.0, [knot.title] if knot.is_more else [])


def _close(picture: Picture, threads: Threads, places: dict[str, float], stories: dict[str, tuple[float, float]]) -> None:
    echoes = [knot for knot in threads.in_column(BACK) if knot.is_on]
    starts = [stories[knot.id] for knot in threads.in_column(LISTEN) if knot.is_on]
    if not echoes or not starts:
        return
    x, y = places[echoes[0].id], _y(BACK)
    to_x, to_y = starts[0]
    picture.paths.append(
        Path(f"M{x:g} {y:g}C{x:g} {y + 44:g} 8 {y + 48:g} 8 {y - 40:g}V140C8 90 {to_x:g} 90 {to_x:g} {to_y:g}", "red", width=3.0)
    )
