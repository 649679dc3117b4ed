"""Who gets what at every address: address × role × own or other lab → status, kept in ``docs/access.txt``.

``python -m tests.access --write`` walks every address as everybody and writes the file anew; the test compares. A change of the
file is read as a diff: each line that moves is a door that opened or closed.
"""

import os
import secrets
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

FILE = Path(__file__).resolve().parent.parent / "docs" / "access.txt"
OUTSIDE, OWN, OTHER = "anywhere", "own lab", "other lab"
EVERYBODY = "everybody"
NO_SUCH_REQUEST = 405  # such lines are left out
HEAD = """\
# Who gets what at every address. Written by `make access`, compared by a test, read as a diff.
#
# Each address is asked with GET, and with POST as an empty form; what a POST did is undone. "own lab": asked by the people of
# the lab it belongs to; "other lab": by people with the same roles in another lab; "(theirs)": by whoever the thing belongs to.
# A word after an address says for which of several things.
# 200 the page, 302 and 303 gone on, 400 410 422 the form or link was refused but not the person, 403 not allowed,
# 404 not found or kept secret, 409 allowed but not now.
"""


class Asked(NamedTuple):
    """One question: which address, how, from where."""

    view: str
    route: str
    method: str
    where: str


Answers = dict[Asked, dict[str, int]]


def addresses(where: str) -> Iterator[tuple[str, str, Any]]:
    """Every address inside or outside labs: its view, its route, and the patterns it is made of."""
    from tests.addresses import all_patterns

    for patterns in all_patterns():
        spaces = [part.namespace for part in patterns[:-1] if part.namespace]
        route = "/" + "".join("" if hasattr(part.pattern, "language_prefix") else str(part.pattern) for part in patterns)
        if (where == OUTSIDE) != ("<slug:lab>" in route):
            yield ":".join([*spaces, patterns[-1].name or ""]), route, patterns


def walk(who: str, client: Any, here: Any, where: str, *, sends_blindly: bool = True) -> Answers:
    """Every address asked by one person, with POST, too, or only where a page came before; what is done is undone.

    Pages are not drawn: other tests look at them.
    """
    from django.db import transaction

    from tests.addresses import filled
    from tests.leaky_lab import FORMS

    found: Answers = {}
    with mock.patch("django.template.base.Template.render", return_value=""):
        for view, route, patterns in addresses(where):
            for what, arguments in here.arguments(view).items():
                address = filled(patterns, **arguments)
                for method in ("GET", "POST"):
                    with transaction.atomic():
                        status = _status(client, method, address, FORMS.get(view, {}))
                        found[Asked(view, f"{route} {what}".strip(), method, where)] = {who: status}
                        transaction.set_rollback(True)
                    if status != 200 and not sends_blindly:
                        break
    return found


def _status(client: Any, method: str, address: str, form: dict[str, str]) -> int:
    cookies, form = client.cookies.copy(), {"form_key": secrets.token_urlsafe(18), **form}
    answer = client.get(address) if method == "GET" else client.post(address, form)
    client.cookies = cookies
    return int(answer.status_code)


def written(answers: Answers) -> str:
    """The file: a paragraph for each address, a line for each status."""
    lines = [HEAD]
    view = ""
    for asked in sorted(answers):
        by_status = _by_status(answers[asked])
        if set(by_status) == {NO_SUCH_REQUEST}:
            continue
        if asked.view + asked.route != view:
            lines.append(f"\n{asked.route}   {asked.view}\n")
            view = asked.view + asked.route
        lines += [f"  {asked.method:4} {asked.where:9} {status}: {names}\n" for status, names in _lines(by_status)]
    return "".join(lines)


def _by_status(people: dict[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for who, status in people.items():
        found[status].append(who)
    return found


def _lines(by_status: dict[int, list[str]]) -> Iterator[tuple[int, str]]:
    for status in sorted(by_status):
        yield status, EVERYBODY if len(by_status) == 1 else ", ".join(sorted(by_status[status]))


def read(text: str) -> Answers:
    """What the file says."""
    answers: Answers = {}
    view = route = ""
    for line in text.splitlines():
        if line.startswith("/"):
            route, view = line.split("   ")
        elif line.startswith("  "):
            asked, names = line.split(": ", 1)
            method, where, status = asked[2:6].strip(), asked[7:16].strip(), int(asked[17:])
            who = people(where) if names == EVERYBODY else names.split(", ")
            answers.setdefault(Asked(view, route, method, where), {}).update(dict.fromkeys(who, status))
    return answers


def people(where: str) -> list[str]:
    """Everybody who asks. What is theirs lies in their own lab."""
    from medskapa.ground.people.roles import Role
    from tests.leaky_lab import OWNING

    theirs = [f"{role} (theirs)" for role in sorted([*OWNING, Role.CO_CREATOR])]
    return ["public", "signed in", "operator", *sorted(Role.values), *([] if where == OTHER else theirs)]


def asked_by(who: Iterable[str]) -> Answers:
    """All addresses asked by these people, in their own lab and in another."""
    from tests.leaky_lab import a_leaky_lab, everybody

    here, there = a_leaky_lab(), a_leaky_lab()
    browsers = everybody(here.lab, here.owners)
    answers: Answers = defaultdict(dict)
    for name in who:
        for lab, where in ((here, OUTSIDE), (here, OWN), (there, OTHER)):
            if name in people(where):
                for asked, found in walk(name, browsers[name], lab, where).items():
                    answers[asked] |= found
    return dict(answers)


def _main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "medskapa.config.settings_test"
    import django

    django.setup()
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with transaction.atomic():
        text = written(asked_by(people(OWN)))
        transaction.set_rollback(True)
    if "--write" in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
