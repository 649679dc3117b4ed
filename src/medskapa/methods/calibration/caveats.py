"""What to know before trusting an order that was adjusted, in words."""

from medskapa.methods.calibration.facets import Facets
from medskapa.methods.calibration.jury import Jury

LEAST_FREEDOM = 3  # reviews beyond what effects need; with fewer, chance itself is known to no better than half its size
POOR = 0.5  # of what the reviews say about differences


def groups_of(jury: Jury, facets: Facets) -> tuple[tuple[str, ...], ...]:
    """The names of the jurors in each group that shares applications, directly or by way of others."""
    return tuple(
        tuple(name for name, own in zip(jury.jurors, facets.column_groups.tolist(), strict=True) if own == group)
        for group in range(facets.groups)
    )


def warnings_of(jury: Jury, facets: Facets, efficiency: float | None) -> tuple[str, ...]:
    """One sentence or two for each thing to know; ``efficiency`` is None where nothing was adjusted."""
    said = [_sparse(jury, facets)] if efficiency is None else []
    if facets.groups > 1:
        said.append(_apart(groups_of(jury, facets), is_adjusted=efficiency is not None))
    if efficiency is not None and efficiency < POOR:
        said.append(
            f"The jurors share so few applications that adjusting costs {1 - efficiency:.0%} of what the reviews say about differences. "
            "Look at the raw scores, too."
        )
    if efficiency is not None and not facets.squares:
        said.append("But for how strict they are, the jurors agree wholly. So nothing shows how much chance is in the scores.")
    if jury.incomplete:
        said.append(
            f"{_many(jury.incomplete, 'review leaves', 'reviews leave')} out a criterion; each counts by the weight of those it scored."
        )
    return tuple(said)


def _sparse(jury: Jury, facets: Facets) -> str:
    if len(jury.jurors) == 1:
        why = "There is one juror"
    elif len(jury.applications) == 1:
        why = "There is one application"
    else:
        least = jury.reviews - facets.freedom
        why = (
            f"{_many(jury.reviews, 'review is', 'reviews are')} too few for {len(jury.applications)} applications and "
            f"{len(jury.jurors)} jurors (at least {least + LEAST_FREEDOM} are needed, spread as these are)"
        )
    return f"{why}, so how strict a juror is cannot be told from how good the applications are. The scores stand as they were given."


def _apart(groups: tuple[tuple[str, ...], ...], *, is_adjusted: bool) -> str:
    named = "; ".join(", ".join(group[:6]) + (f" and {len(group) - 6} more" if len(group) > 6 else "") for group in groups[:6])
    more = f"; and {len(groups) - 6} more groups" if len(groups) > 6 else ""
    said = f"The jurors fall into {len(groups)} groups that share no application: {named}{more}."
    if not is_adjusted:
        return said
    return (
        f"{said} Within a group applications are compared as usual. Between groups that is only possible if the groups are on average "
        "equally strict, which nothing here can show; the intervals are wider for it."
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
