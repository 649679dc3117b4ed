"""Live pages: an action touches a topic, whoever watches the topic hears "version n" and fetches what changed.

A stream carries no content, so it needs no permission; the page that is fetched asks for it as always.
"""

import re
from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction

from medskapa.ground.web.models import Topic

CHANNEL = "medskapa_topic"  # PostgreSQL tells all processes on it
NAME = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,7}", re.ASCII)
LONGEST = 120

RAISE = "INSERT INTO web_topic (name, version) VALUES (%s, 1) ON CONFLICT (name) DO UPDATE SET version = web_topic.version + 1"


def is_topic(name: str) -> bool:
    """Whether this can be the name of a topic: words parted by slashes."""
    return len(name) <= LONGEST and NAME.fullmatch(name) is not None


def touch(topic: str) -> None:
    """Tell whoever watches this topic that it changed, once the transaction is committed. Raises ValueError for a wrong name."""
    if not is_topic(topic):
        raise ValueError(f"{topic!r} is not a topic; write words parted by slashes, such as lab/<id>/day/<id>")
    transaction.on_commit(partial(_raise_version, topic), robust=True)


def versions(topics: Iterable[str]) -> dict[str, int]:
    """The version of each of these topics; none touched yet is 0. One SQL query."""
    names = list(topics)
    found = dict(Topic.objects.filter(name__in=names).values_list("name", "version"))
    return {name: found.get(name, 0) for name in names}


def _raise_version(topic: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAISE, [topic])
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
