"""Calibration of juries beside ordinary least squares in statsmodels: 12 × 5 all read by all, and 1,000 × 60 with three reviews each."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.measured import cost_of

SIZES = ((12, 5, 5), (1000, 60, 3))
CRITERIA, TOP = 5, 0.25


def figures(_data: Path | None) -> tuple[list[Figure], list[str]]:
    """Ours makes intervals, chances and fit as well; the other program only effects and their errors."""
    found: list[Figure] = []
    for applications, jurors, each in SIZES:
        name = f"calibrate {applications:,} × {jurors}, {each} reviews each"
        ours, theirs = (cost_of(ready, work, applications, jurors, each) for work in (our_scores, their_scores))
        apart = float(np.abs(np.array(ours.result) - np.array(theirs.result)).max())
        found += [
            Figure(f"{name}: ours", ours.cpu_s, "s CPU", "<= 10"),
            Figure(f"{name}: statsmodels, effects only", theirs.cpu_s, "s CPU"),
            Figure(f"{name}: scores apart", apart, "", "<= 0.000001"),
            Figure(f"{name}: memory", ours.memory_mib, "MiB"),
        ]
    return found, []


def ready(applications: int, jurors: int, each: int) -> Any:
    """Scores of an invented jury, with both programs loaded."""
    import statsmodels.api  # noqa: F401

    import medskapa.methods.calibration.calibrate  # noqa: F401

    rng = np.random.default_rng(5)
    worths, strict = rng.normal(size=applications), rng.normal(0, 0.5, jurors)
    return [
        (f"j{juror:02d}", f"a{application:04d}", f"c{criterion}", worths[application] - strict[juror] + liking + float(rng.normal()))
        for application in range(applications)
        for juror in rng.permutation(jurors)[:each].tolist()
        for liking in rng.normal(0, 0.5, 1).tolist()
        for criterion in range(CRITERIA)
    ]


def our_scores(scores: Any) -> list[float]:
    """Adjusted scores against their mean, by name."""
    from medskapa.methods.calibration.calibrate import calibrate
    from medskapa.methods.calibration.jury import jury_of

    jury = jury_of(scores)
    found = calibrate(jury, np.random.default_rng(0), top=int(len(jury.applications) * TOP))
    values = np.array([one.adjusted for one in sorted(found.applications, key=lambda one: one.name)])
    return (values - values.mean()).tolist()


def their_scores(scores: Any) -> list[float]:
    """The same by least squares on indicators."""
    import statsmodels.api as sm

    given: dict[tuple[str, str], list[float]] = {}
    for juror, application, _criterion, score in scores:
        given.setdefault((application, juror), []).append(score)
    applications, jurors = (sorted({key[side] for key in given}) for side in (0, 1))
    design = np.zeros((len(given), len(applications) + len(jurors) - 1))
    for row, (application, juror) in enumerate(given):
        design[row, applications.index(application)] = 1
        if juror != jurors[0]:
            design[row, len(applications) + jurors.index(juror) - 1] = 1
    found = sm.OLS([float(np.mean(values)) for values in given.values()], design).fit()
    _errors, values = found.bse, found.params[: len(applications)]
    return (values - values.mean()).tolist()
