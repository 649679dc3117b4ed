"""What the methods refuse. Each error carries the values at fault, and its text says what was expected."""


class MethodError(ValueError):
    """What came in cannot be worked with."""


class BadInput(MethodError):
    """A line of a file is not what the format asks for. Its text is ``file:line: what is wrong, what was expected``."""

    def __init__(self, file: str, line: int, wrong: str, expected: str) -> None:
        super().__init__(f"{file}:{line}: {wrong}, expected {expected}")
        self.file, self.line, self.wrong, self.expected = file, line, wrong, expected


class ShapeError(MethodError):
    """Two things that must be of one length are not: ``ShapeError(votes=3, groups=4)``."""

    def __init__(self, **lengths: int) -> None:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        super().__init__(f"the lengths differ: {said}; expected the same")
        self.lengths = lengths
