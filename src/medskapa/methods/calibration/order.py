"""The order of applications: places, intervals, and which cannot be told apart."""

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.calibration.jury import Jury
from medskapa.methods.calibration.results import Application

Floats = NDArray[np.float64]
DIGITS = 9  # of the range of the scores: what differs by less is equal


def ordered(jury: Jury, values: Floats) -> list[int]:
    """Numbers of the applications, the highest value first, equal ones by name."""
    return sorted(range(len(values)), key=lambda number: (-values[number], jury.applications[number]))


def rounded(jury: Jury, values: Floats) -> Floats:
    """Values in which nothing differs by rounding alone."""
    unit = float(np.ptp(jury.scores[jury.weights > 0])) or 1.0
    found: Floats = np.round(values / unit, DIGITS) * unit
    return found


def applications_of(
    jury: Jury, adjusted: Floats, reaches: Floats | None = None, apart: Floats | None = None, chances: Floats | None = None
) -> tuple[Application, ...]:
    """The applications in their order.

    reaches  (applications,)               half the width of each interval; None: none can be given
    apart    (applications, applications)  how far two must lie apart to be told apart; None: none can be
    """
    raw, values = rounded(jury, jury.raw), rounded(jury, adjusted)
    order = ordered(jury, values)
    names = np.array(jury.applications, dtype=object)[order]
    found = []
    for place, number in enumerate(order):
        below = order[place + 1 :]
        is_alike = np.full(len(below), True) if apart is None else values[number] - values[below] <= apart[number, below]
        found.append(
            Application(
                name=jury.applications[number],
                reviews=int((jury.weights[number] > 0).sum()),
                raw=float(jury.raw[number]),
                raw_place=1 + int((raw > raw[number]).sum()),
                adjusted=float(adjusted[number]),
                low=None if reaches is None else float(adjusted[number] - reaches[number]),
                high=None if reaches is None else float(adjusted[number] + reaches[number]),
                place=1 + int((values > values[number]).sum()),
                chance=None if chances is None else float(chances[number]),
                alike=tuple(names[place + 1 :][is_alike]),
            )
        )
    return tuple(found)
