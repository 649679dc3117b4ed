"""`medskapa audit`: write the audit chain to a file, and see whether such a file is unbroken."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medskapa.cli.refusals import Refused
from medskapa.cli.start import start_with_store
from medskapa.ground.ledger.proof import Verdict
from medskapa.ground.ledger.proof import verify as verify_chains

EXAMPLES = """\
examples:
  medskapa audit export chain.jsonl
  medskapa audit verify chain.jsonl
  medskapa audit verify chain.jsonl --head "9f2c 41d0 77aa 03be"    the head printed on a decision
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    audit = commands.add_parser(
        "audit", help="export or verify the audit chain", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = audit.add_subparsers(required=True, metavar="export|verify")
    exporting = parts.add_parser("export", help="write all chains to a file")
    exporting.set_defaults(command=export)
    verifying = parts.add_parser("verify", help="see whether a file is unbroken; needs no database")
    verifying.add_argument("--head", help="hash that some record must have, as printed on a decision")
    verifying.add_argument("--json", action="store_true", help="write the verdict as JSON")
    verifying.set_defaults(command=verify)
    for parser in (exporting, verifying):
        parser.add_argument("file", type=Path)


def export(options: argparse.Namespace) -> int:
    """Write all chains to the file. Raises Refused if it cannot be written."""
    start_with_store()
    from medskapa.ground.ledger.chain import export as export_chains

    try:
        count = export_chains(options.file)
    except OSError as error:
        raise Refused(f"cannot write {options.file}: {error.strerror}") from None
    sys.stdout.write(f"Records written to {options.file}: {count}\n")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say whether the chains in the file are whole. Returns 1 and names the first broken record if not. Raises Refused."""
    try:
        verdict = verify_chains(options.file, options.head)
    except OSError as error:
        raise Refused(f"cannot read {options.file}: {error.strerror}") from None
    except ValueError as error:
        raise Refused(f"--head: {error}") from None
    if options.json:
        sys.stdout.write(json.dumps(_as_json(verdict), indent=2) + "\n")
    else:
        sys.stdout.write(f"{options.file}: {verdict}\n")
    return 0 if verdict.is_whole else 1


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {"whole": verdict.is_whole, "finding": str(verdict) if not verdict.is_whole else None, **asdict(verdict)}
