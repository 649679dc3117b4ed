"""What each group stands for, what all agree on, and what joins the groups.

After Small et al. (2021), Polis: scaling deliberation, Recerca 26(2), and as red-dwarf 0.4 and Polis itself work it out: shares are
smoothed by one vote for and one against, (said + 1) / (voted + 2), so that few votes make no strong claim.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from medskapa.methods.errors import ShapeError
from medskapa.methods.landscape.votes import Counts, Floats, Labels, Votes

MOST = 5  # statements in a list, for consensus and bridging in each direction
SIGNIFICANT = float(ndtri(0.9))  # one-sided, 90 %: 1.2816
SURE = 0.95  # of intervals
POSITIONS = ("agree", "disagree")


@dataclass(frozen=True)
class Representative:
    """A statement that a group answers unlike everybody else.

    position  "agree" or "disagree": what the group says more often than the others
    share     of the group who say so, smoothed
    ratio     that share by the share of everybody else
    z         of the difference to everybody else (two shares); share_z: of the own share against one half
    said      how many of the group say so, of those who voted
    """

    statement: int | str
    position: str
    share: float
    ratio: float
    z: float
    share_z: float
    said: int
    voted: int


@dataclass(frozen=True)
class Shared:
    """A statement that people say the same about.

    share     of everybody who voted who say so, smoothed; interval: where it lies with 95 %, for people who come as these came
    shares    the same for each named group, by its id
    product   of the shares of the groups: one group against is enough to make it small (group-aware consensus)
    z         of the share against one half
    said      how many say so, of those who voted
    """

    statement: int | str
    position: str
    share: float
    interval: tuple[float, float]
    shares: dict[int, float]
    product: float
    z: float
    said: int
    voted: int


@dataclass(frozen=True)
class Tally:
    """Votes counted: (2, …, statements) how many agreed, and disagreed; (…, statements) how many voted."""

    said: Floats
    voted: Floats

    @cached_property
    def shares(self) -> Floats:
        """(2, …, statements) Smoothed: (said + 1) / (voted + 2)."""
        return (self.said + 1) / (self.voted + 2)

    @cached_property
    def share_z(self) -> Floats:
        """(2, …, statements) 2 √(voted + 1) ((said + 1) / (voted + 1) − ½)."""
        return np.asarray(2 * np.sqrt(self.voted + 1) * ((self.said + 1) / (self.voted + 1) - 0.5))


def tally(votes: Votes) -> Tally:
    """The votes of everybody: (2, statements) and (statements,)."""
    return Tally(np.stack([votes.counts[:, 2], votes.counts[:, 0]]), votes.counts.sum(axis=1))


def tallies(votes: Votes, labels: Labels, groups: int) -> Tally:
    """The votes in each group: (2, groups, statements) and (groups, statements).

    labels  (people,) the group of each person, negative for none; groups: how many there are

    Raises ShapeError if the people differ in number.
    """
    if len(labels) != len(votes.people):
        raise ShapeError(people=len(votes.people), labels=len(labels))
    counts = votes.weighted((labels[:, None] == np.arange(groups)).astype(np.float64)).transpose(1, 2, 0)
    return Tally(counts[[2, 0]], counts.sum(axis=0))


def representative(votes: Votes, inside: Tally) -> tuple[tuple[Representative, ...], ...]:
    """For each group what it says unlike everybody else who is in a group: at most five statements, what it agrees with first.

    A statement counts if the group's share is above one half and above that of the others, each beyond chance at 90 %, one-sided; they
    are ranked by ratio · z · share · share_z, of equal ones the first. What the group agrees with most stands among them in any case,
    and if nothing counts, what differs most. Statements that are out do not count. (red-dwarf shows nothing of a group that agrees with
    nothing; Polis, and we, show what it disagrees with.)

    inside  what `tallies` gives

    >>> from medskapa.methods.landscape.votes import votes_of
    >>> votes = votes_of([*range(8)] * 2, [1] * 8 + [2] * 8, [1, 1, 1, 1, -1, -1, -1, -1] + [1] * 8)
    >>> groups = representative(votes, tallies(votes, np.array([0, 0, 0, 0, 1, 1, 1, 1]), 2))
    >>> [(one.statement, one.position, round(one.share, 3), round(one.ratio, 3)) for one in groups[0]]
    [(1, 'agree', 0.833, 5.0)]
    """
    outside = Tally(inside.said.sum(axis=1, keepdims=True) - inside.said, inside.voted.sum(axis=0) - inside.voted)
    found = _Figures(inside, inside.shares / outside.shares, _difference(inside, outside))
    shown = np.flatnonzero(~votes.is_out)
    return tuple(_of_group(votes, found, group, shown) for group in range(len(inside.voted)))


@dataclass(frozen=True)
class _Figures:
    """(2, groups, statements) each."""

    inside: Tally
    ratio: Floats
    z: Floats

    def worth(self, position: int | Counts, group: int, statement: int | Counts) -> Floats:
        at = (position, group, statement)
        return np.asarray(self.ratio[at] * self.z[at] * self.inside.shares[at] * self.inside.share_z[at])


def _difference(inside: Tally, outside: Tally) -> Floats:
    """The z of two shares, with one more on each count; 0 where everybody says the same."""
    said, voted, others, all_others = inside.said + 1, inside.voted + 1, outside.said + 1, outside.voted + 1
    pooled = (said + others) / (voted + all_others)
    error = np.sqrt(pooled * (1 - pooled) * (1 / voted + 1 / all_others))
    return np.where(pooled == 1, 0.0, (said / voted - others / all_others) / np.where(error > 0, error, 1.0))


def _of_group(votes: Votes, found: _Figures, group: int, shown: Counts) -> tuple[Representative, ...]:
    share_z, z = found.inside.share_z[:, group], found.z[:, group]
    position = np.where(z[0] > z[1], 0, 1)
    ranked = shown[((share_z > SIGNIFICANT) & (z > SIGNIFICANT))[:, shown].any(axis=0)]
    ranked = ranked[np.argsort(-found.worth(position[ranked], group, ranked), kind="stable")]
    head = _agreed_most(found, group, shown)
    if head is None and not len(ranked) and len(shown):
        head = int(shown[np.argmax(z.max(axis=0)[shown])])
    first = [] if head is None else [head]
    listed = [*first, *(int(one) for one in ranked if one != head)][:MOST]
    listed.sort(key=lambda one: int(position[one]))
    return tuple(_representative(votes, found, int(position[one]), group, one) for one in listed)


def _agreed_most(found: _Figures, group: int, shown: Counts) -> int | None:
    """The statement the group agrees with most, as Polis finds it: by what sets it apart, once such a one was met; else by agreement."""
    share, share_z = found.inside.shares[0, group], found.inside.share_z[0, group]
    ratio, worth, best = found.ratio[0, group], found.worth(0, group, np.arange(len(share))), None
    for one in shown[found.inside.said[:, group, shown].sum(axis=0) > 0].tolist():
        if best is None:
            is_better = share_z[one] > SIGNIFICANT or (ratio[one] > 1 and share[one] > 0.5)
        elif ratio[best] > 1:
            is_better = worth[one] > worth[best]
        else:
            is_better = share[one] * share_z[one] > share[best] * share_z[best]
        best = one if is_better else best
    return best


def _representative(votes: Votes, found: _Figures, position: int, group: int, one: int) -> Representative:
    at = (position, group, one)
    return Representative(
        votes.statements[one].item(),
        POSITIONS[position],
        float(found.inside.shares[at]),
        float(found.ratio[at]),
        float(found.z[at]),
        float(found.inside.share_z[at]),
        int(found.inside.said[at]),
        int(found.inside.voted[group, one]),
    )


def consensus(votes: Votes, inside: Tally, names: tuple[int, ...]) -> tuple[Shared, ...]:
    """What most of everybody say, people in no group included: at most five they agree with, and five they disagree with.

    A statement counts if the share is above one half, beyond chance at 90 %, one-sided; they are ranked by share · z,
    of equal ones by what the groups share.

    inside  the votes in each named group, by `tallies`; names: the ids of these groups
    """
    everybody = tally(votes)
    fits = (everybody.shares > 0.5) & (everybody.share_z > SIGNIFICANT) & ~votes.is_out
    return _listed(votes, inside, names, fits, everybody.shares * everybody.share_z)


def bridging(votes: Votes, inside: Tally, names: tuple[int, ...]) -> tuple[Shared, ...]:
    """What every group says, each by more than half: at most five statements to agree with, and five to disagree with.

    They are ranked by the product of the groups' shares. With fewer than two groups there is nothing to bridge.

    inside  the votes in each named group, by `tallies`; names: the ids of these groups
    """
    if len(names) < 2:
        return ()
    fits = (inside.shares > 0.5).all(axis=1) & ~votes.is_out
    return _listed(votes, inside, names, fits, inside.shares.prod(axis=1))


def _listed(votes: Votes, inside: Tally, names: tuple[int, ...], fits: NDArray[np.bool_], worth: Floats) -> tuple[Shared, ...]:
    """The first statements by their worth, (2, statements) both; of equal ones what the groups share more, then the first."""
    everybody, products = tally(votes), inside.shares.prod(axis=1)
    listed: list[Shared] = []
    for position in range(len(POSITIONS)):
        best = np.lexsort((-products[position], -worth[position]))
        listed += [_shared(votes, everybody, inside, names, position, int(one)) for one in best[fits[position][best]][:MOST]]
    return tuple(listed)


def _shared(votes: Votes, everybody: Tally, inside: Tally, names: tuple[int, ...], position: int, one: int) -> Shared:
    said, voted = int(everybody.said[position, one]), int(everybody.voted[one])
    shares = inside.shares[position, :, one]
    return Shared(
        votes.statements[one].item(),
        POSITIONS[position],
        float(everybody.shares[position, one]),
        interval(said, voted),
        {name: float(share) for name, share in zip(names, shares, strict=True)},
        float(shares.prod()),
        float(everybody.share_z[position, one]),
        said,
        voted,
    )


def interval(said: int, voted: int) -> tuple[float, float]:
    """Where the share of people who say something lies with 95 %, if so many of those who voted did: the middle of Beta(said + 1, not + 1).

    The smoothed share is its mean. (Before anybody voted, every share is taken to be as likely as any other.)

    >>> [round(bound, 3) for bound in interval(5, 5)]
    [0.541, 0.996]
    """
    low, high = betaincinv(said + 1, voted - said + 1, [(1 - SURE) / 2, (1 + SURE) / 2])
    return float(low), float(high)
