"""A real conversation: where 204 people lie who voted on Brexit in 2017, in which groups, and what joins these."""

from pathlib import Path

import numpy as np

from medskapa.methods.landscape.finding import landscape
from medskapa.methods.landscape.picture import Landscape
from medskapa.methods.landscape.reading import read_statements, read_votes
from pictures.svg import dot, drawing, line, words

DATA = Path(__file__).resolve().parent.parent.parent / "docs" / "methods" / "brexit-consensus"
KINDS = ("threadf", "inkf", "edge")  # of the groups, the largest first
LEFT, TOP, WIDE, HIGH, BESIDE, CUT = 24.0, 62.0, 360.0, 330.0, 424.0, 52


def picture() -> str:
    """The map on the left; on the right for each group what sets it apart most, and what every group says."""
    statements = read_statements(DATA / "comments.csv")
    votes = read_votes(DATA / "participants-votes.csv", out=statements.out)
    found = landscape(votes, rng=np.random.default_rng(0))
    rows, y = _map(found), TOP + 14
    for group, kind in zip(found.groups, KINDS, strict=True):
        rows += [dot(BESIDE + 6, y - 5, 6, kind), words(BESIDE + 22, y, f"Group {group.id}, {group.size} people, unlike the others", "b")]
        best = max(group.representative, key=lambda one: one.ratio * one.z)
        rows.append(words(BESIDE + 22, y + 21, f"{best.share:.0%} {best.position}: {_cut(statements.texts[str(best.statement)])}"))
        y += 66
    rows.append(words(BESIDE + 22, y, "More than half of every group", "b"))
    for one in found.bridging[:3]:
        y += 21
        rows.append(words(BESIDE + 22, y, f"{one.share:.0%} {one.position}: {_cut(statements.texts[str(one.statement)])}"))
    title = f"{found.participants} people in {found.k} groups"
    return drawing(900, TOP + HIGH + 28, title, words(20, 34, f"Can there be consensus on Brexit? {title}", "b"), *rows)


def _map(found: Landscape) -> list[str]:
    xy, groups = found.positions.xy, found.positions.groups
    low, high = xy.min(axis=0), xy.max(axis=0)
    at = (xy - low) / (high - low) * (WIDE, -HIGH) + (LEFT, TOP + HIGH)
    zero = -low / (high - low) * (WIDE, -HIGH) + (LEFT, TOP + HIGH)
    rows = [line(LEFT, zero[1], LEFT + WIDE, zero[1]), line(zero[0], TOP, zero[0], TOP + HIGH)]
    kinds = dict(zip((group.id for group in found.groups), KINDS, strict=True))
    return rows + [dot(x, y, 4, kinds[group]) for (x, y), group in zip(at.tolist(), groups.tolist(), strict=True) if group in kinds]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CUT else text[: CUT - 1] + "…"
