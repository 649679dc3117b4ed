"""Whether the votes of people hang together at all, or whether there are too few votes to tell.

Axes and groups can be found in any votes, even where everybody threw dice. So each person is held against axes that were found without
them: if votes on different statements had nothing to do with each other, how far the person lies from the middle would be what single
votes make of it, above and below by chance. Where answers hang together, people lie further out than that.
"""

import numpy as np

from medskapa.methods.landscape.axes import axes
from medskapa.methods.landscape.votes import Votes

ENOUGH = 2.0
"""From here on there is enough to tell. In 2,000 invented conversations of 10 to 500 people whose votes had nothing to do with each other,
about one in twenty came above it; of 60 with two clear groups (nine in ten vote with their group) all did from 20 people on, and two
thirds with 10."""

MOST = 5_000  # people; of more, so many by lot are enough
ROUGH = 1e-3  # of the axes: they only have to point the right way
NOTHING = 1e-9  # a spread that is none: people who all lie equally far out
WORK = 1_500  # people, about: a few are each left out alone, of many half at a time


def coherence(votes: Votes, *, rng: np.random.Generator) -> float:
    """How many standard errors people lie further out, along an axis found without them, than unconnected votes would put them.

    For person i with centred votes c, and the first axis w of the others: the mean over people of (Σ wc)² − Σ (wc)², by its standard
    error. Its expectation is 0 where votes on different statements are independent. Cross-validation of this kind: Stone (1974), Journal
    of the Royal Statistical Society B 36.

    >>> from medskapa.methods.landscape.votes import votes_of
    >>> votes = votes_of(np.repeat(range(6), 2), [1, 2] * 6, [1] * 6 + [-1] * 6)
    >>> coherence(votes, rng=np.random.default_rng(0)) > ENOUGH
    True
    """
    votes = votes.some(MOST, rng=rng)
    people = len(votes.people)
    folds = min(people, max(2, WORK // max(1, people)))
    if people < 2:
        return 0.0
    fold, beyond = np.arange(people) % folds, np.zeros(people)
    for left_out in range(folds):
        is_out = fold == left_out
        on = axes(votes, weights=(~is_out).astype(np.float64), precision=ROUGH)
        moves = on.spots[:, :1]
        steps = np.hstack([moves, moves**2])
        far = votes.summed(steps)
        beyond[is_out] = (far[:, 0] ** 2 - far[:, 1])[is_out]
    return float(beyond.mean() / max(NOTHING, beyond.std(ddof=1)) * np.sqrt(people))
