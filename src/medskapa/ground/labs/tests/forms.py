"""What a browser sends, for tests of pages."""

import re
import secrets
from typing import Any


def sent(**answers: Any) -> dict[str, Any]:
    """What a browser sends of a form."""
    return {"form_key": secrets.token_urlsafe(18), **answers}


def filled(page: Any, **answers: Any) -> dict[str, Any]:
    """What a browser sends of the forms on a page that nobody changed, with these answers."""
    html = page.content.decode()
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    found |= {name: text.strip() for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html)}
    found.pop("csrfmiddlewaretoken", None)
    return found | answers
