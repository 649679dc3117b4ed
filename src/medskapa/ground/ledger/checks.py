"""What is checked when the installation starts: that every link of the thread joins two stages."""

from typing import Any

from django.core.checks import CheckMessage, Error

from medskapa.ground.ledger.registry import REGISTRY, Registry


def links_join_stages(app_configs: Any = None, *, registry: Registry = REGISTRY, **_options: Any) -> list[CheckMessage]:
    """An error for each link with an end that no room has registered: a walk would leave it out without a word."""
    return [
        Error(f"{link.model.__name__} links the thread to {link.end(name).__name__}, which is no stage of it", id="ledger.E001")
        for link in registry.links
        for name in (link.parent, link.child)
        if link.end(name) not in registry.stages
    ]
