"""The shapes a drawing ends up with, ready for the template; mirrored for pages that read from right to left."""

import re
from dataclasses import dataclass, field, replace

from medskapa.outlook.thread.drawing import Knot


@dataclass(frozen=True, slots=True)
class Path:
    """A line: ``kind`` is a class of the style sheet."""

    d: str
    kind: str
    width: float = 1.0
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text, 15 units apart, anchored at their middle or their start."""

    x: float
    y: float
    lines: list[str]
    kind: str = "halo"
    anchor: str = "middle"

    @property
    def placed(self) -> list[tuple[float, str]]:
        """Each line with its height."""
        return [(self.y + 15.0 * number, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Dot:
    """A story, or a statement that no story stands behind."""

    x: float
    y: float
    knot: Knot

    @property
    def stump(self) -> str:
        """The short bar that stands for a story that was taken back."""
        return f"M{self.x - 7:g} {self.y:g}h14m0-4v8"

    @property
    def square(self) -> str:
        """What a statement is drawn as, so that nobody takes it for a story."""
        return f"M{self.x - 4:g} {self.y - 4:g}h8v8h-8z"


@dataclass(frozen=True, slots=True)
class Ring:
    """An artefact, with the glyph of its stage and its title."""

    x: float
    y: float
    radius: float
    knot: Knot
    label: Label

    @property
    def halo(self) -> float:
        """The radius of the second ring round the artefact that the page is about."""
        return self.radius + 5

    @property
    def beside(self) -> tuple[float, float]:
        """Where a sign stands that has no title to follow: close to the ring, above its end."""
        return self.x + self.radius * 0.75, self.y - self.radius * 0.5

    @property
    def glyph(self) -> tuple[float, float, float]:
        """Where the glyph begins, and its size."""
        size = self.radius * 1.125
        return self.x - size / 2, self.y - size / 2, size


@dataclass(slots=True)
class Picture:
    """Everything to draw, in the order of drawing: paths, dots, rings, labels."""

    width: float
    height: float
    paths: list[Path] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    back: Label | None = None

    def mirrored(self) -> "Picture":
        """The same picture for a page that reads from right to left: places are mirrored, words are not."""

        def turn(x: float) -> float:
            return round(self.width - x, 2)

        def turn_label(label: Label) -> Label:
            return replace(label, x=turn(label.x))

        return Picture(
            width=self.width,
            height=self.height,
            paths=[replace(path, d=_mirror_path(path.d, self.width)) for path in self.paths],
            dots=[replace(dot, x=turn(dot.x)) for dot in self.dots],
            rings=[replace(ring, x=turn(ring.x), label=turn_label(ring.label)) for ring in self.rings],
            labels=[turn_label(label) for label in self.labels],
            back=turn_label(self.back) if self.back else None,
        )


_COMMAND = re.compile(r"([MLCHV])([^MLCHV]*)")


def _mirror_path(d: str, width: float) -> str:
    """A path of absolute M, L, C, H and V commands, mirrored about the middle of the drawing."""
    return "".join(command + _mirror_numbers(command, numbers, width) for command, numbers in _COMMAND.findall(d))


def _mirror_numbers(command: str, numbers: str, width: float) -> str:
    values = [float(number) for number in numbers.split()]
    if command == "V":
        return numbers
    is_x = (lambda _place: True) if command == "H" else (lambda place: place % 2 == 0)
    return " ".join(f"{width - value if is_x(place) else value:g}" for place, value in enumerate(values))
