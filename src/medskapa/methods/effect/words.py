"""How numbers of a comparison are said to somebody who decides over a pilot."""

from math import ceil, log10

from medskapa.methods.effect.results import Verdict

CLOSE = 0.05
WHY = "It does not show why: whatever else changed at the same time is in it, too."


def said(number: float, reach: float) -> str:
    """A number with as many digits as its uncertainty leaves.

    >>> said(2.71828, 0.4), said(1234.5, 80), said(2.71828, 0)
    ('2.7', '1234', '2.72')
    """
    digits = 2 if reach <= 0 else max(0, min(6, ceil(-log10(reach / 2))))
    return f"{number:.{digits}f}"


def difference(number: float, reach: float, *, is_share: bool) -> str:
    """A difference with its direction; of shares in percentage points.

    >>> difference(-0.071, 0.04, is_share=True), difference(0.5, 0.2, is_share=False)
    ('7 percentage points lower', '0.5 higher')
    """
    return f"{_size(number, reach, is_share=is_share)}{_unit(is_share)} {_side(number)}"


def between(low: float, high: float, *, is_share: bool) -> str:
    """Both ends of an interval of a difference.

    >>> between(0.051, 0.332, is_share=True), between(-0.2, 1.4, is_share=False)
    ('between 5 and 33 percentage points higher', 'between 0.2 lower and 1.4 higher')
    """
    reach = (high - low) / 2
    if low * high < 0:
        return f"between {difference(low, reach, is_share=is_share)} and {difference(high, reach, is_share=is_share)}"
    near, far = (_size(end, reach, is_share=is_share) for end in sorted((low, high), key=abs))
    return f"between {near} and {far}{_unit(is_share)} {_side(low + high)}"


def judged(verdict: Verdict, by_chance: float | None, needed: str) -> str:
    """What may be concluded; ``needed`` says why there would have to be more."""
    if verdict == "too few to tell":
        return f"That is too few to tell: {needed}"
    often = "less than 1 of 1,000" if by_chance is None or by_chance < 0.001 else f"about {round(1000 * by_chance)} of 1,000"
    alone = f"chance alone makes a difference at least as large in {often} such comparisons"
    if verdict != "not clear":
        return f"It is clearly {verdict}: {alone}."
    if by_chance is not None and by_chance <= CLOSE:
        return f"It is a close call, and not clear: {alone}, but the interval still holds no change."
    return f"It is not clear whether anything changed: {alone}."


def many(count: int, one: str, more: str) -> str:
    """``1 pilot``, ``2 pilots``."""
    return f"{count:,} {one if count == 1 else more}"


def _size(number: float, reach: float, *, is_share: bool) -> str:
    return said(100 * abs(number), 100 * reach) if is_share else said(abs(number), reach)


def _unit(is_share: bool) -> str:
    return " percentage points" if is_share else ""


def _side(number: float) -> str:
    return "lower" if number < 0 else "higher"
