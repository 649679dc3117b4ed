"""Where groups lie, without a single person: of each its middle, and how far its people are spread."""

from dataclasses import dataclass

import numpy as np

from medskapa.methods.landscape.picture import Positions

REACH = 2.0  # standard deviations from the middle: of people who lie as chance has it, nearly nine in ten are inside


@dataclass(frozen=True)
class Region:
    """Where the people of a group lie: the middle, and how far from it most of them are, on each of the two axes."""

    group: int
    centre: tuple[float, float]
    reach: tuple[float, float]


def regions(where: Positions) -> tuple[Region, ...]:
    """The region of each group that may be named, by its id.

    A picture of sixty people as sixty dots tells too much: who knows how a friend answered finds the friend's dot, and with it all else.
    Of a group of at least five the mean and the standard deviation on two axes say where it lies and nothing of any one person in it.

    >>> xy = np.array([[0.0, 0.0], [2.0, 0.0], [9.0, 9.0]])
    >>> regions(Positions(np.arange(3), xy, np.array([1, 1, -1])))
    (Region(group=1, centre=(1.0, 0.0), reach=(2.0, 0.0)),)
    """
    return tuple(_region(where, int(group)) for group in np.unique(where.groups[where.groups >= 0]))


def _region(where: Positions, group: int) -> Region:
    xy = where.xy[where.groups == group]
    centre, reach = xy.mean(axis=0), REACH * xy.std(axis=0)
    return Region(group, (float(centre[0]), float(centre[1])), (float(reach[0]), float(reach[1])))
