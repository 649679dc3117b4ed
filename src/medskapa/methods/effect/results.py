"""What comparing gives: a difference, between what it lies, and what may be said of it."""

from dataclasses import dataclass
from typing import Literal

Design = Literal["before-after", "paired", "did", "its"]
Verdict = Literal["higher", "lower", "not clear", "too few to tell"]


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a comparison, such as the mean before; low and high are None where it has no interval."""

    name: str
    estimate: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference that a comparison shows.

    is_share   values are shares from 0 to 1, such as of people who said yes
    estimate   the difference; higher after, or with the pilot, is above 0
    low, high  between which it lies with the confidence asked for; None where there is too little to say
    verdict    ``higher`` and ``lower`` only if the interval keeps away from 0 and chance alone would make it too seldom
    by_chance  how likely a difference at least as large would be if nothing had changed
    parts      what the difference is made of
    words      the same in sentences
    warnings   what to know before trusting it
    """

    design: Design
    is_share: bool
    confidence: float
    estimate: float
    low: float | None
    high: float | None
    verdict: Verdict
    by_chance: float | None
    parts: tuple[Part, ...]
    words: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def verdict_of(low: float, high: float, by_chance: float, confidence: float) -> Verdict:
    """Which way it went, if both the interval and the chance say so."""
    if low <= 0 <= high or by_chance > 1 - confidence:
        return "not clear"
    return "higher" if low > 0 else "lower"
