"""What the pictures are drawn with: ink on paper, one red line, words beside what they name; they read in light and dark."""

from html import escape

STYLE = """\
<style>
text{font:14px system-ui,sans-serif;fill:#17211d}.muted{fill:#4c5853}.b{font-weight:700}
.ink{stroke:#17211d;fill:none;stroke-width:1.5}.line{stroke:#c9cfca;fill:none}.inkf{fill:#17211d}.edge{fill:#8a948f}
.thread{stroke:#c8102e;fill:none;stroke-width:2.5}.threadf{fill:#c8102e}.softf{fill:#c8102e;opacity:.18}.paper{fill:#f4f5f0}
@media (prefers-color-scheme:dark){text{fill:#e9eeea}.muted{fill:#a9b4ae}.ink{stroke:#e9eeea}.line{stroke:#37423d}.inkf{fill:#e9eeea}
.edge{fill:#7f8a84}.thread{stroke:#ff6b7d}.threadf{fill:#ff6b7d}.softf{fill:#ff6b7d}.paper{fill:#121714}}
</style>"""


def drawing(width: float, height: float, title: str, *parts: str) -> str:
    """A whole picture with a title that says what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{STYLE}"
        f'<rect class="paper" width="{width:g}" height="{height:g}"/>' + "\n".join(parts) + "</svg>\n"
    )


def words(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """A line of words."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "line") -> str:
    """A straight line."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def path(points: list[tuple[float, float]], kind: str = "thread") -> str:
    """A line through points."""
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '"/>'


def dot(x: float, y: float, radius: float = 4, kind: str = "inkf") -> str:
    """A filled circle."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def bar(x: float, y: float, width: float, height: float, kind: str = "edge") -> str:
    """A filled rectangle."""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
