"""Small drawings whose numbers are true: so many people, so many strands; so many of a hundred, so many dots."""

from dataclasses import dataclass

ACROSS, DOWN = 0.7548776662466927, 0.5698402909980532  # steps by these spread points evenly over a plane, in no visible pattern
MOST = 60  # beyond this many, strands become a smear; text says the number
OPACITIES = ("0.5", "0.7", "0.9", "0.6", "0.8")
SWAYS = (42, 28, 46, 14, 40, 12, 42, 16)


@dataclass(frozen=True, slots=True)
class Strand:
    """One line from a person to the thread: its path, how strong it is drawn, and the person's dot."""

    path: str
    dot: str
    opacity: str


def joins(count: int) -> list[Strand]:
    """So many others who join a story, in a box of 300 by 100; the thread is at its lower start."""
    strands = []
    for index in range(min(count, MOST)):
        x = 60 + 232 * (index + 0.5) / max(count, 1)
        y = 14 + 48 * ((index + 1) * DOWN % 1)
        strands.append(_strand(index, x, y, f"{x * 0.55:.0f} {y:.0f} 6 {22 + y / 3:.0f} 0 100"))
    return strands


def band(count: int) -> list[Strand]:
    """So many stories that become one thread, in a box of 1000 by 260."""
    strands = []
    for index in range(min(count, MOST)):
        x = 165 + 790 * ((index + 1) * ACROSS % 1)
        y = 20 + 150 * ((index + 1) * DOWN % 1)
        strands.append(_strand(index, x, y, f"{x * 0.46:.0f} {y:.0f} {index % 30} {85 + y / 2:.0f} 0 260"))
    return strands


def hundred(yes: int) -> tuple[str, str]:
    """A hundred dots in rows of 25, in a box of 300 by 48: the path of the first ``yes``, and that of the rest."""
    dots = [f"M{6 + 12 * (place % 25)} {6 + 12 * (place // 25)}h.01" for place in range(100)]
    return "".join(dots[:yes]), "".join(dots[yes:])


def sway(index: int) -> str:
    """How the line runs from one step to the next, in a box of 56 by 100: it leaves and arrives in the middle."""
    x = SWAYS[index % len(SWAYS)]
    return f"M28 0V8C28 30 {x} 38 {x} 55S28 80 28 100"


def thickness(others: int, index: int) -> str:
    """Thicker is more people: alone, when others join, from then on."""
    if not others:
        return "2.5"
    return "4" if index <= 1 else "5"


def _strand(index: int, x: float, y: float, bend: str) -> Strand:
    start = f"M{x:.0f} {y:.0f}"
    return Strand(f"{start}C{bend}", f"{start}h.01", OPACITIES[index % len(OPACITIES)])
