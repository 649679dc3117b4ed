"""`medskapa retention --dry-run|--apply`."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from medskapa.cli.refusals import Refused
from medskapa.cli.start import start_with_store

if TYPE_CHECKING:
    from medskapa.ground.labs.models import Lab
    from medskapa.ground.safeguarding.retention import Kept

EXAMPLES = """\
examples:
  medskapa retention --dry-run               what is kept, how long, and what is past its time
  medskapa retention --apply                 let go of what is past its time, now
  medskapa retention --dry-run --lab kupan --json

The clock lets go daily of what is past its time; a lab says how long under Settings. What is let go of cannot be brought back.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "retention",
        help="say what is past its time, and let go of it",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--dry-run", action="store_true", help="only say it; exit status 1 if something is past its time")
    which.add_argument("--apply", action="store_true", help="let go of what is past its time")
    parser.add_argument("--lab", metavar="NAME", help="the name in the lab's address (default: all labs)")
    parser.add_argument("--json", action="store_true", help="write it as JSON")
    parser.set_defaults(command=retain)


def retain(options: argparse.Namespace) -> int:
    """Say what is kept, or let go of what is past its time. Returns 1 if something is past its time still. Raises Refused."""
    start_with_store()
    from medskapa.ground.ledger.actors import Actor
    from medskapa.ground.safeguarding.retention import kept_by, let_go_of

    labs = _labs(options.lab)
    gone = {lab.slug: let_go_of(lab, by=Actor.system("retention", lab.public_id)) for lab in labs} if options.apply else {}
    found = [_as_json(lab, kept, gone) for lab in labs for kept in kept_by(lab)]
    if options.json:
        sys.stdout.write(json.dumps({"kinds": found}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{_line(one)}\n" for one in found or [{}])
    return 1 if any(one["due"] for one in found) else 0


def _labs(slug: str | None) -> "list[Lab]":
    from medskapa.ground.labs.models import Lab

    labs = list(Lab.objects.filter(slug=slug) if slug else Lab.objects.order_by("slug"))
    if slug and not labs:
        raise Refused(f"--lab {slug}: there is no such lab; its name stands in its address")
    return labs


def _as_json(lab: "Lab", kept: "Kept", gone: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {
        "lab": lab.slug,
        "kind": kept.kind.name,
        "label": str(kept.kind.label),
        "days": kept.days,
        "counted_from": str(kept.kind.counted_from),
        "kept": kept.count,
        "due": kept.due_count,
        "next": kept.next_at.date().isoformat() if kept.next_at else None,
        "let_go": gone[lab.slug].get(kept.kind.name, 0) if gone else None,
    }


def _line(one: dict[str, Any]) -> str:
    if not one:
        return "There are no labs."
    upcoming = f"the next goes on {one['next']}" if one["next"] else "none has a day yet"
    done = f", {one['let_go']} let go of now" if one["let_go"] is not None else ""
    count = f"{one['kept']} kept, {one['due']} past their time"
    return f"{one['lab']}: {one['label']}: {one['days']} days after {one['counted_from']}; {count}{done}; {upcoming}"
