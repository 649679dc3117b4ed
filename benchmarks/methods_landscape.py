"""The opinion landscape beside red-dwarf: real conversations in a folder, and invented ones with planted groups, up to a million people."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.measured import Cost, cost_of

STATEMENTS, EACH, CAMPS = 500, 24, 4
BLOCK = 50_000  # people that are invented in one piece
TOO_FEW = "london.youth.policing"  # 24 people in groups: what red-dwarf finds there is no reference
GOOD = 0.95  # adjusted Rand of red-dwarf's own groups and those of the best of fifty starts
SAYS = {"p-success": "share", "p-test": "share_z", "repness": "ratio", "repness-test": "z"}


def figures(data: Path | None) -> tuple[list[Figure], list[str]]:
    """Ours beside theirs at 10,000 and 100,000 people, ours alone at a million, one vote in a live picture, and real conversations."""
    found = [*_beside(10_000, 20), *_beside(100_000, 80)]
    million = cost_of(our_votes, our_groups, 1_000_000)
    found += [
        Figure("landscape of 1,000,000 people, 24 million votes: ours", million.cpu_s, "s CPU", "<= 12"),
        Figure("landscape of 1,000,000 people, 24 million votes: memory", million.memory_mib, "MiB", "<= 1500"),
        Figure("landscape of 10,000 people: one more vote", cost_of(live, vote_by_vote, 10_000).result * 1000, "ms CPU", "<= 50"),
    ]
    if data is None or not (data / "polis").is_dir():
        return found, []
    for folder in sorted(path for path in (data / "polis").iterdir() if path.is_dir()):
        found += _real(folder)
    return found, []


def _beside(people: int, times: int) -> list[Figure]:
    ours, theirs = cost_of(our_votes, our_groups, people), cost_of(their_votes, their_groups, people)
    title = f"landscape of {people:,} people"
    more_than = " (stopped, more than)" if theirs.is_stopped else ""
    return [
        Figure(f"{title}: ours", ours.cpu_s, "s CPU"),
        Figure(f"{title}: red-dwarf{more_than}", theirs.cpu_s, "s CPU"),
        Figure(f"{title}: ours of theirs, 1 in", theirs.cpu_s / ours.cpu_s, "", f">= {times}"),
        Figure(f"{title}: memory of ours", ours.memory_mib, "MiB"),
        *([] if theirs.is_stopped else _both(title, people, ours, theirs)),
    ]


def _both(title: str, people: int, ours: Cost, theirs: Cost) -> list[Figure]:
    planted = invented(people)[3]
    return [
        Figure(f"{title}: memory of theirs by ours", theirs.memory_mib / ours.memory_mib, "", ">= 3"),
        Figure(
            f"{title}: planted groups found, ours less theirs (adjusted Rand, in 100)",
            100 * (_alike(planted, ours.result) - _alike(planted, theirs.result)),
            "",
            ">= -1",
        ),
    ]


def _real(folder: Path) -> list[Figure]:
    ours, theirs = cost_of(our_conversation, our_landscape, str(folder)), cost_of(their_conversation, their_landscape, str(folder))
    title = f"landscape {folder.name}"
    return [
        Figure(f"{title}: ours", ours.cpu_s, "s CPU"),
        Figure(f"{title}: red-dwarf", theirs.cpu_s, "s CPU"),
        Figure(f"{title}: ours of theirs, 1 in", theirs.cpu_s / ours.cpu_s, "", ">= 1"),
        *(Figure(f"{title}: {figure.name}", figure.value, figure.unit, figure.goal) for figure in _accepted(folder)),
    ]


def _accepted(folder: Path) -> list[Figure]:
    """What has to be the same as in red-dwarf, and as good as the best of fifty starts."""
    from medskapa.methods.landscape.axes import axes, positions
    from medskapa.methods.landscape.kmeans import best_means

    votes, expected = our_conversation(str(folder))
    on, placed = axes(votes), votes.given >= 7
    where = positions(votes, on)
    labels = np.array([int(expected["labels"].get(str(person), -1)) for person in votes.people])
    theirs = np.array([expected["participant_xy"].get(str(person), (0.0, 0.0)) for person in votes.people])
    signs = np.sign((where * theirs * placed[:, None]).sum(axis=0))
    found = {k: best_means(where[placed], np.ones(placed.sum()), int(k), rng=np.random.default_rng(0)) for k in expected["by_k"]}
    fifty, k = expected["by_k"], str(expected["k"])
    is_good = folder.name != TOO_FEW and fifty[k]["ari_reddwarf_best50"] >= GOOD
    return [
        Figure("people grouped by one of both", int((placed != (labels >= 0)).sum()), "", "== 0"),
        Figure("explained variance apart, in 1,000", 1000 * _most(on.explained - expected["explained_variance_ratio"]), "", "<= 1"),
        Figure("positions apart, in 1,000", 1000 * _most((where * signs - theirs)[placed]), "", "<= 1"),
        Figure(
            "inertia by that of fifty starts, in 1,000",
            1000 * max(found[k].inertia / fifty[k]["best50_inertia"] for k in fifty),
            "",
            "<= 1001",
        ),
        Figure("for their groups, lists that differ", _lists_apart(votes, labels, expected), "", "== 0"),
        Figure("groups like theirs, in 100", 100 * _alike(labels[placed], found[k].labels(where[placed])), "", ">= 95" if is_good else ""),
    ]


def _most(differences: Any) -> float:
    return float(np.abs(differences).max())


def _lists_apart(votes: Any, labels: Any, expected: dict[str, Any]) -> int:
    """Of all lists of what groups stand for, and of consensus in both directions, how many differ in an id, a direction or a value."""
    from medskapa.methods.landscape.statements import consensus, representative, tallies

    inside = tallies(votes, labels, int(labels.max()) + 1)
    ours = [[(one.statement, one.position, _values_of(one)) for one in group] for group in representative(votes, inside)]
    theirs = [
        [(one["tid"], one["repful-for"], [one[name] for name in SAYS]) for one in expected["representative"][str(group)]]
        for group in range(len(ours))
    ]
    shared = consensus(votes, inside, tuple(range(len(ours))))
    for position in ("agree", "disagree"):
        ours.append(sorted((one.statement, position, [one.share, one.z]) for one in shared if one.position == position))
        theirs.append(sorted((one["tid"], position, [one["p-success"], one["p-test"]]) for one in expected["consensus"][position]))
    return sum(not _same(one, other) for one, other in zip(ours, theirs, strict=True))


def _values_of(one: Any) -> list[float]:
    return [getattr(one, name) for name in SAYS.values()]


def _same(ours: list[Any], theirs: list[Any]) -> bool:
    return [one[:2] for one in ours] == [one[:2] for one in theirs] and all(
        np.allclose(one[2], other[2], atol=1e-5) for one, other in zip(ours, theirs, strict=True)
    )


def _alike(first: Any, second: Any) -> float:
    from medskapa.methods.landscape.stability import compared

    labels = [np.unique(np.asarray(one), return_inverse=True)[1] for one in (first, second)]
    return compared(*labels).agreement


def invented(people: int) -> tuple[Any, Any, Any, Any]:
    """Who voted on what and how, and the camp of each: every camp has its own leaning on each of 500 statements, each person sees 24."""
    rng = np.random.default_rng(people)
    camp, leaning = rng.integers(0, CAMPS, people), rng.random((CAMPS, STATEMENTS), dtype=np.float32)
    strides = np.array([stride for stride in range(1, STATEMENTS) if stride % 2 and stride % 5])  # each visits all statements
    columns, values = np.empty(people * EACH, dtype=np.int16), np.empty(people * EACH, dtype=np.int8)
    for begin in range(0, people, BLOCK):
        who = camp[begin : begin + BLOCK]
        first, stride = rng.integers(0, STATEMENTS, (len(who), 1)), rng.choice(strides, (len(who), 1))
        seen = (first + stride * np.arange(EACH)) % STATEMENTS
        agrees = rng.random(seen.shape, dtype=np.float32) < leaning[who[:, None], seen]
        at = slice(begin * EACH, (begin + len(who)) * EACH)
        columns[at] = seen.ravel()
        values[at] = np.where(rng.random(seen.shape, dtype=np.float32) < 0.1, 0, np.where(agrees, 1, -1)).ravel()
    return np.repeat(np.arange(people, dtype=np.int32), EACH), columns, values, camp


def our_votes(people: int) -> Any:
    """The three columns."""
    import medskapa.methods.landscape.finding  # noqa: F401

    return invented(people)[:3]


def our_groups(columns: Any) -> list[int]:
    """The group of each person; making the votes out of the columns counts."""
    from medskapa.methods.landscape.finding import landscape
    from medskapa.methods.landscape.votes import votes_of

    return landscape(votes_of(*columns), rng=np.random.default_rng(0)).positions.groups.tolist()


def their_votes(people: int) -> Any:
    """The same as red-dwarf takes them."""
    import reddwarf.implementations.polis  # noqa: F401

    return _rows(*(column.tolist() for column in invented(people)[:3]))


def _rows(people: list[int], statements: list[int], values: list[int]) -> Any:
    names = ("participant_id", "statement_id", "vote")
    return [dict(zip(names, row, strict=True)) for row in zip(people, statements, values, strict=True)]


def their_groups(rows: Any) -> list[int]:
    """The group of each person, in the order of people."""
    from reddwarf.implementations.polis import run_pipeline

    return run_pipeline(votes=rows, random_state=0).participants_df["cluster_id"].astype(int).tolist()


def live(people: int) -> Any:
    """A live picture of invented votes."""
    from medskapa.methods.landscape.live import Live
    from medskapa.methods.landscape.votes import votes_of

    return Live.begun(votes_of(*invented(people)[:3]), rng=np.random.default_rng(0))


def vote_by_vote(picture: Any) -> float:
    """CPU seconds of the middle one of 31 votes, each with the picture after it; some are of people who are new."""
    rng, took, people = np.random.default_rng(1), [], len(picture.votes.people)
    for _vote in range(31):
        began = time.process_time()
        picture = picture.with_vote(int(rng.integers(0, people + 50)), int(rng.integers(0, STATEMENTS)), int(rng.integers(-1, 2)))
        assert picture.landscape.participants >= people
        took.append(time.process_time() - began)
    return sorted(took)[len(took) // 2]


def our_conversation(folder: str) -> Any:
    """The votes in a folder, read, and what is expected of them."""
    import medskapa.methods.landscape.finding  # noqa: F401
    from medskapa.methods.landscape.reading import read_statements, read_votes

    path = Path(folder)
    votes = read_votes(path / "votes.csv", out=read_statements(path / "comments.csv").out)
    return votes, json.loads((path / "expected.json").read_text(encoding="utf-8"))


def our_landscape(ready: Any) -> Any:
    """The landscape."""
    from medskapa.methods.landscape.finding import landscape

    return landscape(ready[0], rng=np.random.default_rng(0))


def their_conversation(folder: str) -> Any:
    """The same votes as red-dwarf takes them, and the statements that are out."""
    import reddwarf.implementations.polis  # noqa: F401

    votes, _expected = our_conversation(folder)
    who = np.repeat(votes.people, votes.given).tolist()
    return _rows(who, votes.statements[votes.columns].tolist(), votes.values.tolist()), votes.statements[votes.is_out].tolist()


def their_landscape(ready: Any) -> int:
    """How many groups red-dwarf finds."""
    from reddwarf.implementations.polis import run_pipeline

    rows, out = ready
    return int(run_pipeline(votes=rows, mod_out_statement_ids=out, random_state=0).participants_df["cluster_id"].nunique())
