"""The jury's scores side by side: what a decision page shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from medskapa.stages.selection.models import Application, Call, ConflictOfInterest, JurorSeat, Score
from medskapa.stages.selection.queries.calls import jurors_of

LOWEST, HIGHEST = 1, 5
Marks = dict[int, Decimal]  # seat → weighted mean of one review


@dataclass(frozen=True, slots=True)
class Mark:
    """What one juror gave one application."""

    juror: str
    value: Decimal | None
    is_hit: bool  # among the first ones of this juror, as many as there are places
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One application with what the jury gave it, from 1 to 5."""

    application: Application
    marks: list[Mark]
    mean: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def light(self) -> str:
        """``good``: among the first for all who judged it; ``warn``: for some of them; nothing: for none."""
        hits = [mark.is_hit for mark in self.marks if mark.value is not None]
        return "good" if hits and all(hits) else "warn" if any(hits) else ""

    @property
    def line(self) -> tuple[float, float, float] | None:
        """Lowest, mean and highest in a drawing of 184 by 28."""
        if self.mean is None or self.low is None or self.high is None:
            return None
        return place(self.low), place(self.mean), place(self.high)


@dataclass(frozen=True, slots=True)
class Judging:
    """All applications of a call side by side, the highest mean first."""

    jurors: list[JurorSeat]
    rows: list[Judged]
    conflict_count: int
    cut: float | None  # where the places end, in the same drawing


def place(value: Decimal) -> float:
    """Where a score stands in a drawing of 184 by 28."""
    return round(8 + float(value - LOWEST) / (HIGHEST - LOWEST) * 168, 1)


def judging_of(call: Call) -> Judging:
    """The jury's sent scores on all sent applications. Four SQL queries, whatever the numbers."""
    jurors = list(jurors_of(call))
    applications = list(
        call.applications.filter(state=Application.State.SENT).select_related("lab", "applicant", "decision").order_by("title", "pk")
    )
    shut = set(ConflictOfInterest.objects.filter(application__call=call).values_list("application_id", "juror_id"))
    marks = _marks(call, shut)
    hits = _hits(marks, [seat.pk for seat in jurors], call.places)
    rows = [_judged(application, jurors, marks[application.pk], hits, shut) for application in applications]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0)))
    return Judging(jurors, rows, len(shut), _cut(rows, call.places))


def _marks(call: Call, shut: set[tuple[int, int]]) -> dict[int, Marks]:
    sums: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    scores = Score.objects.filter(review__application__call=call, review__sent_at__isnull=False)
    for application, seat, value, weight in scores.values_list("review__application", "review__juror", "value", "criterion__weight"):
        if (application, seat) not in shut:
            sums[application, seat].append((value, weight))
    marks: dict[int, Marks] = defaultdict(dict)
    for (application, seat), pairs in sums.items():
        marks[application][seat] = Decimal(sum(value * weight for value, weight in pairs)) / sum(weight for _value, weight in pairs)
    return marks


def _hits(marks: dict[int, Marks], seats: Iterable[int], places: int) -> set[tuple[int, int]]:
    """For each juror the applications that no more than ``places - 1`` others beat; ties are all among the first."""
    hits = set()
    for seat in seats:
        given = {application: by_seat[seat] for application, by_seat in marks.items() if seat in by_seat}
        for application, value in given.items():
            if sum(other > value for other in given.values()) < places:
                hits.add((application, seat))
    return hits


def _judged(
    application: Application, jurors: list[JurorSeat], given: Marks, hits: set[tuple[int, int]], shut: set[tuple[int, int]]
) -> Judged:
    marks = [
        Mark(
            juror=seat.participation.name,
            value=given.get(seat.pk),
            is_hit=(application.pk, seat.pk) in hits,
            is_conflict=(application.pk, seat.pk) in shut,
        )
        for seat in jurors
    ]
    values = list(given.values())
    if not values:
        return Judged(application, marks, None, None, None)
    return Judged(application, marks, sum(values, Decimal(0)) / len(values), min(values), max(values))


def _cut(rows: list[Judged], places: int) -> float | None:
    means = [row.mean for row in rows if row.mean is not None]
    return place((means[places - 1] + means[places]) / 2) if 0 < places < len(means) else None
