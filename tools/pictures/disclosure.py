"""An invented table of young people by place and age: what can be told if only small numbers are withheld, and what after `disclose`."""

from collections.abc import Sequence

from medskapa.methods.disclosure.attacker import Interval, attack
from medskapa.methods.disclosure.figures import TOTAL, Figures, Key, with_totals
from medskapa.methods.disclosure.protection import protect
from pictures.svg import bar, drawing, line, words

AGES = ("12–15", "16–19", "20–24")
COUNTS = {"Lake": (12, 9, 14), "Centre": (31, 3, 22), "Village": (6, 11, 2)}
WIDE, HIGH, LEFT, TOP, APART = 74.0, 44.0, 110.0, 96.0, 480.0


def picture() -> str:
    """Two tables side by side; small figures are red, what is withheld with them grey, and in each stands what can be told."""
    figures = with_totals(
        ("place", "age"), {(place, age): count for place, row in COUNTS.items() for age, count in zip(AGES, row, strict=True)}
    )
    found = protect(figures)
    small = [one.key for one in found.small]
    alone, together = attack(figures, small), attack(figures, found.withheld)
    rows = [words(20, 34, "What can be told of withheld numbers: 110 invented young people", "b")]
    rows += _table(figures, alone, small, 0, "only small numbers withheld")
    rows += _table(figures, together, small, APART, "after disclose")
    foot = TOP + 4.2 * HIGH
    rows += [bar(20, foot + 12, 14, 14, "softf"), words(42, foot + 24, "fewer than 5 people, and what can be told of them")]
    rows += [bar(20 + APART, foot + 12, 14, 14, "edge"), words(42 + APART, foot + 24, "withheld with them")]
    told = "; ".join(f"{' '.join(key)}: {_said(alone[key])} alone, {_said(together[key])} after disclose" for key in small)
    return drawing(2 * APART, foot + 44, f"What can be told of small numbers. {told}", *rows)


def _table(figures: Figures, told: dict[Key, Interval], small: Sequence[Key], left: float, title: str) -> list[str]:
    places, ages = (*COUNTS, TOTAL), (*AGES, TOTAL)
    rows = [words(left + 20, TOP - 36, title, "b")]
    rows += [words(left + LEFT + (column + 0.5) * WIDE, TOP - 8, age or "total", "muted", "middle") for column, age in enumerate(ages)]
    for row, place in enumerate(places):
        y = TOP + row * HIGH
        rows += [line(left + 20, y, left + LEFT + 4 * WIDE, y), words(left + LEFT - 12, y + 27, place or "total", "muted", "end")]
        for column, age in enumerate(ages):
            x, key = left + LEFT + column * WIDE, (place, age)
            if key in told:
                rows.append(bar(x + 4, y + 4, WIDE - 8, HIGH - 8, "softf" if key in small else "edge"))
            said = _said(told[key]) if key in small else "" if key in told else str(figures.counts[key])
            rows.append(words(x + WIDE / 2, y + 27, said, "b" if key in small else "", "middle"))
    return rows


def _said(interval: Interval) -> str:
    return f"{interval.low}" if interval.low == interval.high else f"{interval.low} to {interval.high}"
