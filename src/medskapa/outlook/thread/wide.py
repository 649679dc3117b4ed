"""The thread picture for wide screens and paper: ten columns, time from the inline start to the inline end."""

from collections.abc import Iterator

from medskapa.outlook.thread.drawing import BACK, LISTEN, Knot, Threads, in_lines, jitter, mean_place, order_by_parents, thickness
from medskapa.outlook.thread.shapes import Dot, Label, Path, Picture, Ring

WIDTH = 1060.0
FIRST, STEP = 56.0, 105.5
TOP = 150.0
SWAY = (0.0, 48.0, 68.0, 12.0, 34.0, 56.0, 30.0, 50.0, 8.0, 66.0)  # how far each column's first knot hangs below the top
ON_GAP, OFF_GAP = 96.0, 68.0
STORY_GAP = 9.0


def wide_picture(threads: Threads, headings: list[str]) -> Picture:
    """Draw the graph in ten columns. Every knot is placed once; height grows with the fullest column."""
    places = _places(threads)
    stories = _story_places(threads, places)
    low = max([*places.values(), *(y for _x, y in stories.values()), TOP + 160.0])
    picture = Picture(width=WIDTH, height=low + 110.0)
    for column, heading in enumerate(headings):
        picture.labels.append(Label(_x(column), 16.0, [heading], kind="st"))
        picture.paths.append(Path(f"M{_x(column):g} 26V{low + 46:g}", "grid"))
    picture.paths += _strands(threads, places, stories)
    picture.dots += [Dot(*stories[knot.id], knot) for knot in threads.in_column(LISTEN)]
    picture.rings += _rings(threads, places)
    _close(picture, threads, places, stories, low)
    return picture


def _x(column: int) -> float:
    return FIRST + STEP * column


def _places(threads: Threads) -> dict[str, float]:
    """The height of each knot after the stories: a swaying line for the followed way, the others on rows below it."""
    places: dict[str, float] = {}
    floor = _floor(threads)
    for column in range(1, BACK + 1):
        next_on, next_off = TOP + SWAY[column], floor
        for knot in order_by_parents(threads.in_column(column), threads, places):
            if knot.is_on:
                places[knot.id] = next_on
                next_on += ON_GAP
            else:
                places[knot.id] = max(next_off, mean_place(knot.id, threads, places))
                next_off = places[knot.id] + OFF_GAP
    return places


def _floor(threads: Threads) -> float:
    """Where the rows of what is not followed begin: below the lowest followed knot."""
    most = max((sum(knot.is_on for knot in threads.in_column(column)) for column in range(1, BACK + 1)), default=1)
    return TOP + max(SWAY) + ON_GAP * max(most - 1, 0) + 82.0


def _story_places(threads: Threads, places: dict[str, float]) -> dict[str, tuple[float, float]]:
    """A dot for each story, gathered beside the first insight it led to."""
    stories = sorted(threads.in_column(LISTEN), key=lambda knot: (not knot.is_on, _goal(knot, threads, places), knot.id))
    found: dict[str, tuple[float, float]] = {}
    wanted = [(_goal(story, threads, places), story) for story in stories]
    low = TOP - 70.0
    for place, group in _groups(wanted):
        start = max(low, place - STORY_GAP * (sum(knot.strands for knot in group) ** 0.9) / 2)
        for number, story in enumerate(group):
            found[story.id] = (_x(LISTEN) + jitter(story.id, 1, 22.0), start + number * STORY_GAP + jitter(story.id, 2, 2.5))
        low = start + len(group) * STORY_GAP + 14.0
    return found


def _goal(story: Knot, threads: Threads, places: dict[str, float]) -> float:
    heights = [places[child] for child in threads.children[story.id] if child in places]
    return min(heights, default=TOP + SWAY[1])


def _groups(wanted: list[tuple[float, Knot]]) -> Iterator[tuple[float, list[Knot]]]:
    group: list[Knot] = []
    last: float | None = None
    for place, story in wanted:
        if last is not None and place != last:
            yield last, group
            group = []
        group.append(story)
        last = place
    if last is not None:
        yield last, group


def _strands(threads: Threads, places: dict[str, float], stories: dict[str, tuple[float, float]]) -> list[Path]:
    behind = threads.stories_behind()
    paths = []
    for strand in sorted(threads.strands, key=threads.is_on):
        parent, child = threads.knots[strand.parent], threads.knots[strand.child]
        if child.id not in places or (parent.id not in places and parent.id not in stories):
            continue
        is_on = threads.is_on(strand)
        if parent.column == LISTEN:
            paths += _fan(parent, stories[parent.id], (_x(child.column) - 16.0, places[child.id]), is_on)
        else:
            ends = (_x(parent.column), places[parent.id]), (_x(child.column), places[child.id])
            width = thickness(behind[parent.id]) if is_on else 1.5
            paths.append(Path(curve(*ends[0], *ends[1]), "red" if is_on else "off", width=width))
    return paths


def _fan(story: Knot, start: tuple[float, float], end: tuple[float, float], is_on: bool) -> list[Path]:
    """One line for each story a knot stands for, beside each other."""
    lines = min(story.strands, 60)
    return [
        Path(
            curve(start[0], start[1] + (number - (lines - 1) / 2) * 3.0, *end),
            "red" if is_on else "off",
            width=1.1 if is_on else 1.25,
            faint=is_on,
        )
        for number in range(lines)
    ]


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A cubic curve whose tangents run along the flow, its control points half a column out. A line back bows below."""
    if x2 == x1:
        return f"M{x1:g} {y1:g}V{y2:g}"
    if x2 < x1:
        drop = max(y1, y2) + 90.0
        return f"M{x1:g} {y1:g}C{x1 + 60:g} {drop:g} {x2 - 60:g} {drop:g} {x2:g} {y2:g}"
    reach = (x2 - x1) / 2
    return f"M{x1:g} {y1:g}C{x1 + reach:g} {y1:g} {x2 - reach:g} {y2:g} {x2:g} {y2:g}"


def _rings(threads: Threads, places: dict[str, float]) -> list[Ring]:
    """A ring for each knot, its title above at a crest of the followed line and below it otherwise."""
    rings = []
    for knot_id, y in places.items():
        knot = threads.knots[knot_id]
        radius = 16.0 if knot.is_on else 11.0
        lines = in_lines(knot.title, 14, 3 if knot.is_on else 2)
        is_crest = knot.is_on and y <= TOP + 14.0
        first = y - radius - 9.0 - 15.0 * (len(lines) - 1) if is_crest else y + radius + 16.0
        rings.append(Ring(_x(knot.column), y, radius, knot, Label(_x(knot.column), first, lines, kind="b halo" if knot.is_on else "halo")))
    return rings


def _close(picture: Picture, threads: Threads, places: dict[str, float], stories: dict[str, tuple[float, float]], low: float) -> None:
    """The last curve, back to the one who told: drawn when there is an echo on the followed way."""
    echoes = [knot for knot in threads.in_column(BACK) if knot.is_on]
    starts = [stories[knot.id] for knot in threads.in_column(LISTEN) if knot.is_on]
    if not echoes or not starts:
        return
    x, y = _x(BACK), places[echoes[0].id]
    to_x, to_y = starts[len(starts) // 2]
    floor = low + 70.0
    picture.paths.append(
        Path(
            f"M{x:g} {y:g}C{x + 46:g} {y:g} {x + 52:g} {floor:g} {x - 90:g} {floor:g}H90C0 {floor:g} 0 {to_y:g} {to_x - 6:g} {to_y:g}",
            "red",
            width=3.0,
        )
    )
    picture.back = Label(WIDTH / 2, floor + 4.0, [], kind="b halo")
