"""The one style sheet that every page loads: the three of the design as they are, then our own and those of components.

``python -m medskapa.ground.web.styles`` writes it anew after a change; a test compares.
"""

from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static" / "web"
JOINED = STATIC / "medskapa.css"
DESIGN = ("tokens.css", "base.css", "components.css", "pages.css")


def parts() -> list[Path]:
    """The style sheets in the order in which they are joined."""
    return [*(STATIC / name for name in DESIGN), *sorted((HERE / "templates" / "web" / "components").glob("*/*.css"))]


def joined() -> str:
    """All of them in one text."""
    return "\n".join(part.read_text(encoding="utf-8").strip() for part in parts()) + "\n"


def write() -> Path:
    """Write the joined sheet, and say where."""
    JOINED.write_text(joined(), encoding="utf-8")
    return JOINED


if __name__ == "__main__":
    print(write())  # noqa: T201  # a command says what it did
