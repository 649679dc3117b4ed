"""What calibrating a jury gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Application:
    """One application.

    raw, adjusted  mean score as given, and as the whole jury would have given; the same where nothing could be adjusted
    low, high      between which the adjusted score lies with the confidence asked for; None where it cannot be said
    raw_place      place by raw scores; equal ones share a place
    place          place by adjusted scores
    chance         to be among the best, as many as asked for; None if not asked, or where it cannot be said
    alike          applications further down from which it cannot be told apart
    """

    name: str
    reviews: int
    raw: float
    raw_place: int
    adjusted: float
    low: float | None
    high: float | None
    place: int
    chance: float | None
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Juror:
    """One juror. What cannot be said is None.

    severity       how much lower than the mean juror this one scores; between low and high with the confidence asked for
    stretch        how much wider than the others' this one's differences are; 1 where everybody is taken to use the scale alike
    infit, outfit  mean square of how far scores lie from what the others lead one to expect, 1 as expected; outfit feels single ones more
    is_unlike      whether scores are less like the others' than chance explains
    """

    name: str
    reviews: int
    severity: float | None = None
    low: float | None = None
    high: float | None = None
    stretch: float = 1.0
    infit: float | None = None
    outfit: float | None = None
    is_unlike: bool | None = None


@dataclass(frozen=True, slots=True)
class Surprise:
    """A review far from what all the others lead one to expect; a reason to ask, not to blame."""

    juror: str
    application: str
    score: float
    expected: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Applications with the highest adjusted score first (equal ones by name), jurors with the strictest first.

    groups                of jurors who share applications, directly or by way of others; between groups only an assumption compares
    warnings              what to know before trusting the order, in words
    is_adjusted           whether the scores could be adjusted; if not, the rest says nothing
    uses_stretch          whether jurors' use of the scale differs so clearly that it was evened out
    order_changes         whether the order of applications by adjusted scores is another than by raw ones
    comes_in, goes_out    who is among the best, as many as asked for, by adjusted and not by raw scores, and the other way round
    chance_size           standard deviation of a review around worth and severity
    spread                standard deviation of what applications are worth
    reliability           how much of the differences between adjusted scores are differences between applications, from 0 to 1
    efficiency            how much of what reviews say about differences is left after adjusting; 1 where all jurors read all
    severities_by_chance  how likely severities so different would be if all jurors were equally strict
    surprises             single reviews unlike the others
    """

    applications: tuple[Application, ...]
    jurors: tuple[Juror, ...]
    groups: tuple[tuple[str, ...], ...]
    warnings: tuple[str, ...]
    is_adjusted: bool = False
    uses_stretch: bool = False
    order_changes: bool = False
    comes_in: tuple[str, ...] = ()
    goes_out: tuple[str, ...] = ()
    chance_size: float | None = None
    spread: float | None = None
    reliability: float | None = None
    efficiency: float | None = None
    severities_by_chance: float | None = None
    surprises: tuple[Surprise, ...] = ()
