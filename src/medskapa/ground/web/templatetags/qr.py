"""A square that phones read, drawn as one path: no picture file, no inline style."""

from typing import Any

import segno
from django import template

register = template.Library()

MARGIN = 2  # of white around it, on each side


@register.inclusion_tag("web/parts/qr.html")
def qr(address: str, name: str) -> dict[str, Any]:
    """The square for an address. Never for a return code: whoever finds a card would have the story."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    return {"size": len(rows) + 2 * MARGIN, "path": "".join(_runs(rows)), "name": name}


def _runs(rows: list[bytes]) -> list[str]:
    """Each run of dark squares as a rectangle one high."""
    runs = []
    for y, row in enumerate(rows):
        start = None
        for x, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return runs
