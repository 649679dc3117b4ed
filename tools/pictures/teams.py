"""Twelve tables of 90 invented people: by lot, and by rules and wishes."""

import numpy as np

from medskapa.methods.teams.rules import Group, Language, Mix, Near, Rules, Share
from medskapa.methods.teams.seat import seat
from pictures.svg import dot, drawing, words

PEOPLE, TABLES, STEP = 90, 12, 19.0
ROLES = {"co-creator": "threadf", "municipality": "inkf", "organisation": "edge"}


def picture() -> str:
    """The roles at each table, left by lot and right by rules; tables without two co-creators or without a language are named."""
    group = _group()
    rules = Rules((Share("role", "co-creator", least=2), Language("languages", "interprets")), (Mix("role", 2), Near("near", 3)))
    names = [str(number) for number in range(1, TABLES + 1)]
    found = seat(group, names, rules, np.random.default_rng(0), seconds=10)
    lot = np.array_split(np.random.default_rng(1).permutation(list(group.ids)), TABLES)
    ways = {"by lot": [list(people) for people in lot], "by rules and wishes": [list(table.people) for table in found.tables]}
    wrong = {name: sum(bool(_missing(group, people)) for people in tables) for name, tables in ways.items()}
    title = f"Of {TABLES} tables, {wrong['by lot']} break a rule when seats are drawn by lot, {wrong['by rules and wishes']} by rules"
    parts = [_way(group, name, tables, 20 + 530 * place) for place, (name, tables) in enumerate(ways.items())]
    return drawing(880, 390, title, *parts, *_legend())


def _way(group: Group, name: str, tables: list[list[str]], x: float) -> str:
    met = _met(group, tables)
    parts = [words(x, 34, name, "b"), words(x, 56, f"{met[0]} of {met[1]} sit with somebody they named", "muted")]
    for number, people in enumerate(tables):
        y = 86 + number * 22
        roles = sorted((group.cells[one]["role"] for one in people), key=list(ROLES).index)
        parts += [dot(x + 6 + STEP * place, y - 5, 6, ROLES[role]) for place, role in enumerate(roles)]
        parts.append(words(x + 14 + STEP * 8, y, _missing(group, people), "muted"))
    return "".join(parts)


def _legend() -> list[str]:
    places = zip((20, 160, 300), ROLES.items(), strict=True)
    return [dot(x + 6, 365, 6, kind) + words(x + 18, 370, role, "muted") for x, (role, kind) in places]


def _missing(group: Group, people: list[str]) -> str:
    """What a table lacks."""
    cells = [group.cells[one] for one in people]
    few = sum(one["role"] == "co-creator" for one in cells) < 2
    is_shared = len({one["languages"] for one in cells}) == 1 or any(one["interprets"] for one in cells)
    return "; ".join(["fewer than 2 co-creators"] * few + ["no common language"] * (not is_shared))


def _met(group: Group, tables: list[list[str]]) -> tuple[int, int]:
    table_of = {one: number for number, people in enumerate(tables) for one in people}
    wishes = [(one, cells["near"]) for one, cells in group.cells.items() if cells["near"]]
    return sum(table_of[one] == table_of[other] for one, other in wishes), len(wishes)


def _group() -> Group:
    """A third are co-creators; one of eight speaks Somali only; one of seven interprets."""
    rng = np.random.default_rng(3)
    ids = [f"p{number:02d}" for number in range(PEOPLE)]
    cells = {}
    for place, one in enumerate(ids):
        role = "co-creator" if place % 3 == 0 else str(rng.choice(["municipality", "organisation"]))
        other = str(rng.choice([name for name in ids if name != one]))
        interprets = "sv so" if place % 7 == 1 else ""
        languages = "so" if place % 8 == 3 and not interprets else "sv"
        cells[one] = {"role": role, "languages": languages, "interprets": interprets, "near": other if place % 2 else ""}
    return Group(cells)
