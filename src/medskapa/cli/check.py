"""`medskapa check`: what is missing before others can use this installation."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from medskapa.cli.environment import missing_for_production
from medskapa.cli.start import environment, is_migrated, start_django

STILL = timedelta(minutes=5)  # after which a clock that has not ticked is standing still


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser("check", help="say what is missing for production")
    parser.add_argument("--json", action="store_true", help="write the findings as JSON")
    parser.set_defaults(command=check)


def check(options: argparse.Namespace) -> int:
    """Write what is missing, one line each. Returns 1 if there is anything. Raises Refused."""
    start_django()
    findings = list(_findings())
    if options.json:
        sys.stdout.write(json.dumps({"findings": findings}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{finding}\n" for finding in findings or ["Nothing is missing."])
    return 1 if findings else 0


def _findings() -> Iterator[str]:
    found = environment()
    if found.is_local:
        yield "This is local mode: set MEDSKAPA_HOSTS to the names under which people reach this installation."
        yield from (f"For production {line}." for line in missing_for_production(found, os.environ))
    yield from _of_django(is_deployed=not found.is_local)
    if is_migrated():
        yield from _of_the_store(is_local=found.is_local)
    else:
        yield "The database is not of this version: run medskapa migrate."


def _of_django(*, is_deployed: bool) -> Iterator[str]:
    from django.core.checks import run_checks

    for message in run_checks(include_deployment_checks=is_deployed):
        if not message.is_silenced():
            yield f"{message.id}: {' '.join(str(message.msg).split())}"


def _of_the_store(*, is_local: bool) -> Iterator[str]:
    from medskapa.ground.labs.models import Lab
    from medskapa.ground.labs.readiness import asked, missing
    from medskapa.ground.ledger.clock import last_tick
    from medskapa.ground.ledger.models import DataKey
    from medskapa.ground.ledger.moment import now
    from medskapa.ground.people.models import Account

    if not Account.objects.filter(is_operator=True, is_active=True, is_demo=False).exists():
        yield "Nobody can start a lab yet: run medskapa init."
    if not is_local and Account.objects.filter(is_demo=True).exists():
        yield "The demo people could sign in: run medskapa demo --remove."
    for lab in Lab.objects.filter(state=Lab.State.OPEN).order_by("slug"):
        yield from (f"The open lab {lab.slug} lacks something: {reason.text}" for reason in missing(lab))
    for lab in Lab.objects.exclude(state=Lab.State.CLOSED).order_by("slug"):
        yield from (f"The lab {lab.slug} is not safe yet: {item.text}" for item in asked(lab))
    log = environment().withdrawn
    if not log.exists() and DataKey.objects.filter(destroyed_at__isnull=False).exists():
        yield f"Words were withdrawn, and {log}, which names them, is gone: a backup that is restored would bring them back."
    ticked = last_tick()
    if ticked is None or now() - ticked > STILL:
        yield "The clock has stood still for five minutes: run medskapa serve, or medskapa worker beside it."
