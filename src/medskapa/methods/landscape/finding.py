"""How the landscape of opinions in a conversation is found."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from medskapa.methods.errors import MethodError
from medskapa.methods.landscape.axes import AXES, Axes, axes, positions
from medskapa.methods.landscape.coherence import ENOUGH, coherence
from medskapa.methods.landscape.groups import HOLDS, NUMBERS, SMALLEST, Grouping, chosen, groupings
from medskapa.methods.landscape.kmeans import TooFewPoints
from medskapa.methods.landscape.picture import Caution, Frame, Landscape, Positions, told
from medskapa.methods.landscape.votes import Ids, Votes

MIN_VOTES = 7  # of a person who is put into a group, as in Polis
STEPS = 4  # that progress is told of


def landscape(
    votes: Votes,
    *,
    rng: np.random.Generator,
    groups: int | None = None,
    min_votes: int = MIN_VOTES,
    before: Positions | None = None,
    progress: Callable[[int, int], None] = lambda _done, _steps: None,
) -> Landscape:
    """The landscape of opinions: axes, groups, what each group stands for, what all agree on, and how far that can be trusted.

    groups     how many; None: as many as the votes bear, which may be none
    min_votes  of a person who is put into a group; everybody has a say in axes and consensus
    before     an earlier picture of the same conversation: a group that shares most members with an earlier one keeps its id
    progress   called with steps done and steps in all

    The same votes and the same state of ``rng`` give the same landscape, whatever order people, statements and rows came in.

    >>> from medskapa.methods.landscape.votes import votes_of
    >>> rng = np.random.default_rng(1)
    >>> side = np.repeat([1, -1], 20)  # forty people on two sides, ten statements, one vote in ten against one's side
    >>> said = np.where(rng.random((40, 10)) < 0.9, side[:, None], -side[:, None])
    >>> votes = votes_of(np.repeat(np.arange(40), 10), np.tile(np.arange(10), 40), said.ravel())
    >>> found = landscape(votes, rng=np.random.default_rng(0))
    >>> found.k, [group.size for group in found.groups], round(found.stability, 2)
    (2, [20, 20], 1.0)

    Raises MethodError where fewer than two groups are asked for, TooFewPoints where people lie in fewer places than there should be groups.
    Source: Small, Björkegren, Erkkilä, Shaw and Megill (2021), Polis: scaling deliberation by mapping high dimensional opinion spaces,
    Recerca 26(2); the choice of groups is our own (`groups`, `stability`, `coherence`).
    """
    frame = framed(votes, rng=rng, groups=groups, min_votes=min_votes, before=before, progress=progress)
    return told(votes, frame)


def framed(
    votes: Votes,
    *,
    rng: np.random.Generator,
    groups: int | None,
    min_votes: int,
    before: Positions | None,
    progress: Callable[[int, int], None] = lambda _done, _steps: None,
) -> Frame:
    """Axes and groups of a conversation, as `landscape` finds them."""
    if groups is not None and groups < NUMBERS[0]:
        raise MethodError(f"{groups} groups are asked for, expected at least {NUMBERS[0]}")
    on = axes(votes)
    progress(1, STEPS)
    where, is_placed = positions(votes, on), votes.given >= min_votes
    lack = _lack(votes, on, int(is_placed.sum()), min_votes, rng)
    progress(2, STEPS)
    is_asked_for = groups is not None
    if lack and not is_asked_for:
        return _without_groups(min_votes, on, lack)
    tried = groupings(votes, on, where, is_placed, NUMBERS if groups is None else (groups,), rng=rng)
    progress(3, STEPS)
    best = tried[0] if is_asked_for and tried else chosen(tried)
    if groups is not None and best is None:
        raise TooFewPoints(groups)
    if best is None:
        return _without_groups(min_votes, on, Caution("no_number", (SMALLEST,)))
    shaky = Caution("shaky", (best.back.together,)) if best.back.agreement < HOLDS else None
    ids = tuple(range(1, best.k + 1)) if before is None else matched(before, votes.people, best)
    return Frame(min_votes, on, best.means.centres, ids, best.back.together, tuple(one for one in (lack, shaky) if one))


def _without_groups(min_votes: int, on: Axes, why: Caution) -> Frame:
    return Frame(min_votes, on, np.zeros((0, AXES)), (), None, (why,))


def _lack(votes: Votes, on: Axes, placed: int, min_votes: int, rng: np.random.Generator) -> Caution | None:
    """Why there is nothing to tell; None if there is."""
    if placed < 2 * SMALLEST:
        return Caution("few_people", (placed, min_votes, SMALLEST, 2 * SMALLEST))
    if not on.explained.any():
        return Caution("alike")
    together = coherence(votes, rng=rng)
    return Caution("few_votes", (together, ENOUGH)) if together < ENOUGH else None


def matched(before: Positions, people: Ids, found: Grouping) -> tuple[int, ...]:
    """The ids of new groups: those of earlier ones, matched so that as many people as can be keep theirs; else ids not used before."""
    _both, old, new = np.intersect1d(before.people, people, return_indices=True)
    was, now = before.groups[old], found.labels[new]
    names = np.unique(before.groups[before.groups >= 0])
    shared = np.array([[((now == group) & (was == name)).sum() for name in names] for group in range(found.k)]).reshape(found.k, -1)
    kept = {int(group): int(names[name]) for group, name in zip(*linear_sum_assignment(-shared), strict=True) if shared[group, name]}
    fresh = iter(range(int(names.max(initial=0)) + 1, int(names.max(initial=0)) + 1 + found.k))
    return tuple(kept[group] if group in kept else next(fresh) for group in range(found.k))
