"""Conversations made for tests: people in camps who vote with their camp more or less often."""

import numpy as np

from medskapa.methods.landscape.votes import votes_of


def a_conversation(*, people=60, statements=12, camps=2, loyal=0.9, seen=1.0, seed=1, out=()):
    """Votes of people in camps, and the camp of each: half of the statements split the camps at random, nobody passes.

    loyal  how often people vote as their camp does; seen: how many of the statements each person votes on
    """
    rng = np.random.default_rng(seed)
    camp = np.arange(people) % camps
    leaning = np.where(rng.random((camps, statements)) < 0.5, 1, -1)
    leaning[0, 0], leaning[1:, 0] = 1, -1  # at least one splits them
    said = np.where(rng.random((people, statements)) < loyal, leaning[camp], -leaning[camp])
    rows, columns = np.nonzero(rng.random((people, statements)) < seen)
    return votes_of(rows, columns, said[rows, columns], out=out), camp


def by_lot(*, people=60, statements=12, seed=4):
    """Votes of people who throw dice."""
    rng = np.random.default_rng(seed)
    said = np.where(rng.random((people, statements)) < rng.random(statements), 1, -1)
    return votes_of(np.repeat(np.arange(people), statements), np.tile(np.arange(statements), people), said.ravel())


def dense(votes):
    """Votes as a table (people, statements), not a number where nothing was said."""
    table = np.full((len(votes.people), len(votes.statements)), np.nan)
    table[np.repeat(np.arange(len(votes.people)), votes.given), votes.columns] = votes.values
    return table
