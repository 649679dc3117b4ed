"""What is no page, such as a picture or a sound: shown as nothing else, obeyed by nothing, kept by no browser."""

import re

from django.http import HttpRequest, HttpResponse

PART = re.compile(r"bytes=(\d+)-(\d*)")


def bare(content: bytes, kind: str, name: str, request: HttpRequest | None = None) -> HttpResponse:
    """A content by itself; with a request, the part of it that is asked for, as players need it to go back and forth."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Encoding": "identity",  # it is pressed already
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    if request is None:
        return HttpResponse(content, content_type=kind, headers=headers)
    headers["Accept-Ranges"] = "bytes"
    start, end = part_asked(request)
    part = content[start:end]
    if "Range" not in request.headers:
        return HttpResponse(part, content_type=kind, headers=headers)
    if not part:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
    return HttpResponse(part, status=206, content_type=kind, headers=headers)


def part_asked(request: HttpRequest) -> tuple[int, int | None]:
    """From which byte to before which one; the whole if none is named, or in a way that we need not understand."""
    found = PART.fullmatch(request.headers.get("Range", ""))
    if found is None:
        return 0, None
    return int(found[1]), int(found[2]) + 1 if found[2] else None
