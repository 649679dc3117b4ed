"""A picture that follows a conversation while it goes on: a vote moves it a little, and it is not drawn anew."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from medskapa.methods.landscape.axes import Axes, axes, positions
from medskapa.methods.landscape.finding import MIN_VOTES, framed
from medskapa.methods.landscape.kmeans import moved_means
from medskapa.methods.landscape.picture import Frame, Landscape, told
from medskapa.methods.landscape.votes import Votes

STEPS = 3  # of the centres after a vote
PRECISE = 1e-4  # of the axes after a vote: people lie within a few thousandths of where they should


@dataclass(frozen=True)
class Live:
    """The votes so far, and the frame the picture hangs in. A vote gives a new one; this one stays as it is.

    After each vote axes, positions, groups and lists are those of all votes so far: the axes are refined from the ones before, the
    centres moved. What is costly is kept until `renewed` looks again: the number of groups, how stable they are, and whether there is
    enough to tell. Groups keep their ids throughout, and so their colour.
    """

    votes: Votes
    frame: Frame

    @classmethod
    def begun(cls, votes: Votes, *, rng: np.random.Generator, groups: int | None = None, min_votes: int = MIN_VOTES) -> "Live":
        """A live picture of votes that are there already; for the options see `landscape`."""
        return cls(votes, framed(votes, rng=rng, groups=groups, min_votes=min_votes, before=None))

    @cached_property
    def landscape(self) -> Landscape:
        """What may be said now."""
        return told(self.votes, self.frame)

    def with_vote(self, person: int | str, statement: int | str, value: int) -> "Live":
        """The picture after one more vote, or after somebody thought better of one. Raises MethodError where it is no vote."""
        votes = self.votes.with_vote(person, statement, value)
        on = axes(votes, near=_grown(self.frame.on, self.votes, votes), precision=PRECISE)
        if not self.frame.ids:
            return Live(votes, replace(self.frame, on=on))
        placed = positions(votes, on)[votes.given >= self.frame.min_votes]
        return Live(votes, replace(self.frame, on=on, centres=moved_means(placed, self.frame.centres, steps=STEPS).centres))

    def renewed(self, *, rng: np.random.Generator, groups: int | None = None) -> "Live":
        """The picture with the number of groups chosen anew; groups that share most members with those before keep their ids."""
        min_votes, before = self.frame.min_votes, self.landscape.positions
        return Live(self.votes, framed(self.votes, rng=rng, groups=groups, min_votes=min_votes, before=before))


def _grown(on: Axes, before: Votes, after: Votes) -> Axes:
    """Axes with a row for a statement that is new."""
    if len(before.statements) == len(after.statements):
        return on
    places = np.searchsorted(after.statements, before.statements)
    loadings, around = (np.zeros((len(after.statements), wide.shape[1])) for wide in (on.loadings, on.around))
    loadings[places], around[places] = on.loadings, on.around
    return replace(on, loadings=loadings, around=around)
