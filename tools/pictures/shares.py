"""Whom the money reaches in an invented vote: greedy beside Equal Shares, for three groups of voters."""

import numpy as np

from medskapa.methods.shares.completion import completed
from medskapa.methods.shares.election import Election, election_of
from medskapa.methods.shares.greedy import greedy
from pictures.svg import bar, drawing, words

GROUPS = (("live in the centre", 300, 24), ("live by the lake", 150, 12), ("live in the village", 50, 6))
BUDGET, LEFT, TOP, WIDE = 100, 250.0, 90.0, 4.6


def picture() -> str:
    """For each group: what share of the money goes to projects that its own people asked for, by both rules."""
    election, owner = _election()
    ways = {"greedy": greedy(election, "cost"), "Equal Shares": completed(election, "cost", "add1").projects}
    shares = {name: _shares(election, owner, chosen) for name, chosen in ways.items()}
    rows, y = [words(20, 36, "Where 100 of the budget go in an invented vote", "b")], TOP
    for place, (name, people, _projects) in enumerate(GROUPS):
        rows.append(words(LEFT - 12, y + 18, f"{people} {name}", "", "end"))
        for way, kind in (("greedy", "edge"), ("Equal Shares", "threadf")):
            rows += [
                bar(LEFT, y, max(1.0, shares[way][place] * WIDE), 22, kind),
                words(LEFT + shares[way][place] * WIDE + 8, y + 16, f"{shares[way][place]:g} {way}"),
            ]
            y += 28
        y += 20
    title = "; ".join(f"{way}: {', '.join(f'{share:g}' for share in found)}" for way, found in shares.items())
    return drawing(840, y + 10, f"Money for three groups by {title}", *rows)


def _election() -> tuple[Election, dict[str, int]]:
    rng = np.random.default_rng(8)
    owner, costs, ballots = {}, {}, []
    for group, (_name, people, projects) in enumerate(GROUPS):
        names = [f"{group}{number:02d}" for number in range(projects)]
        costs |= {name: int(rng.integers(2, 8)) for name in names}
        owner |= dict.fromkeys(names, group)
        ballots += [[name for name in names if rng.random() < 0.7] for _person in range(people)]
    return election_of(BUDGET, costs, ballots), owner


def _shares(election: Election, owner: dict[str, int], chosen: list[str]) -> list[float]:
    return [float(sum(election.costs[project] for project in chosen if owner[project] == group)) for group in range(len(GROUPS))]
