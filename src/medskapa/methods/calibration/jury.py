"""What the jurors of a jury gave: one score for each review, on the scale of all criteria."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.calibration.facets import fitted
from medskapa.methods.errors import MethodError
from medskapa.methods.tables import read_table

Floats = NDArray[np.float64]
Score = tuple[str, str, str, float]  # juror, application, criterion, score


@dataclass(frozen=True, slots=True)
class Jury:
    """Who judged what. Jurors, applications and criteria stand in the order of their names.

    scores      (applications, jurors)  the score of each review, the weighted mean over criteria; 0 where there is no review
    weights     (applications, jurors)  how much of the weight of all criteria a review scored, from 0 (no review) to 1
    incomplete  how many reviews leave out a criterion; their scores are put on the scale of all criteria by what the others gave
    """

    jurors: tuple[str, ...]
    applications: tuple[str, ...]
    criteria: tuple[str, ...]
    scores: Floats
    weights: Floats
    raw: Floats
    incomplete: int

    @property
    def reviews(self) -> int:
        """How many reviews there are."""
        return int((self.weights > 0).sum())


def jury_of(scores: Iterable[Score], weights: Mapping[str, float] | None = None) -> Jury:
    """Put single scores together to reviews; criteria count alike, or by ``weights`` above 0.

    Raises MethodError for no scores, or two scores of one juror for one criterion of one application.

    >>> jury = jury_of([("Ada", "north", "idea", 4), ("Ada", "north", "team", 2), ("Bo", "north", "idea", 5), ("Bo", "north", "team", 3)])
    >>> jury.jurors, jury.scores.tolist()
    (('Ada', 'Bo'), [[3.0, 4.0]])
    """
    given: dict[tuple[str, str], dict[str, float]] = {}
    for juror, application, criterion, score in scores:
        review = given.setdefault((application, juror), {})
        if criterion in review:
            raise MethodError(f"{juror} scores {application} twice for {criterion}, expected once")
        review[criterion] = score
    if not given:
        raise MethodError("there are no scores, expected at least one")
    criteria = sorted({criterion for review in given.values() for criterion in review})
    return _jury(given, criteria, np.array([(weights or {}).get(criterion, 1.0) for criterion in criteria]))


def read_reviews(path: Path) -> Jury:
    """Read ``juror,application,criterion,score`` and, if it is there, the criterion's ``weight``. Raises BadInput, which names the line."""
    seen: dict[tuple[str, str, str], int] = {}
    scores: list[Score] = []
    weights: dict[str, float] = {}
    for row in read_table(path, ("juror", "application", "criterion", "score")):
        key = (row.filled("juror"), row.filled("application"), row.filled("criterion"))
        if key in seen:
            raise row.bad(f"{key[0]} scores {key[1]} twice for {key[2]} (before in line {seen[key]})", "one score")
        seen[key] = row.line
        scores.append((*key, row.number("score")))
        if "weight" in row:
            weight = row.number("weight")
            if weight <= 0:
                raise row.bad(f"weight is {weight:g}", "a number above 0")
            if weights.setdefault(key[2], weight) != weight:
                raise row.bad(f"{key[2]} has the weight {weight:g}, before it was {weights[key[2]]:g}", "one weight for each criterion")
    return jury_of(scores, weights)


def _jury(given: Mapping[tuple[str, str], Mapping[str, float]], criteria: list[str], weights: Floats) -> Jury:
    keys = sorted(given)
    applications, jurors = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
    cells = np.array([[given[key].get(criterion, np.nan) for criterion in criteria] for key in keys])
    is_there = ~np.isnan(cells)
    shares = is_there * weights / weights.sum()
    complete, raw = _on_one_scale(np.where(is_there, cells, 0.0), shares, weights / weights.sum())
    rows, columns = ({name: number for number, name in enumerate(names)} for names in (applications, jurors))
    places = ([rows[key[0]] for key in keys], [columns[key[1]] for key in keys])
    size = (len(applications), len(jurors))
    table, counted, plain = np.zeros(size), np.zeros(size), np.zeros(size)
    table[places], counted[places], plain[places] = complete, shares.sum(axis=1), raw
    means = plain.sum(axis=1) / (counted > 0).sum(axis=1)
    return Jury(tuple(jurors), tuple(applications), tuple(criteria), table, counted, means, int((~is_there.all(axis=1)).sum()))


def _on_one_scale(cells: Floats, shares: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """(reviews,) Each review's mean over all criteria, what it left out made up for; and over those it scored."""
    plain = (cells * shares).sum(axis=1) / shares.sum(axis=1)
    if (shares > 0).all():
        return plain, plain
    found = fitted(cells, shares)
    return found.rows + found.columns @ weights, plain
