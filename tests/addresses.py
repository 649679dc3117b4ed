"""Every address of the product, with something in the place of each argument."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"slug": "nowhere", "id": "AAAAAAAAAAAA", "int": 1, "str": "nothing", "uuid": "00000000-0000-4000-8000-000000000000"}


def all_patterns(resolver: URLResolver | None = None, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Each address as the patterns it is made of, from the root."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            yield from all_patterns(part, (*before, part))
        else:
            yield (*before, part)


def filled(patterns: tuple[Any, ...], language: str = "en", **values: Any) -> str:
    """One address. `values` fills arguments by name; all others get a sample that leads nowhere."""
    return "/" + "".join(_part(part, language, values) for part in patterns)


def _part(part: URLPattern | URLResolver, language: str, values: dict[str, Any]) -> str:
    pattern = part.pattern
    if not pattern.converters:
        return f"{language}/" if hasattr(pattern, "language_prefix") else str(pattern)
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = next(word for word in ("slug", "id", "int", "uuid", "str") if f"<{word}:{name}>" in text or word == "str")
        value = values.get(name, SAMPLES[kind])
        text = text.replace(f"<{kind}:{name}>", converter.to_url(value)).replace(f"<{name}>", str(value))
    return text


def all_addresses(language: str = "en", **values: Any) -> dict[str, str]:
    """View name → address, of every page of the product."""
    found = {}
    for patterns in all_patterns():
        spaces = [part.namespace for part in patterns[:-1] if part.namespace]
        name = ":".join([*spaces, patterns[-1].name or str(patterns[-1].pattern)])
        found[name] = filled(patterns, language, **values)
    return found
