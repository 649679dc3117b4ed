"""`medskapa thread ARTEFACT`: the thread of an artefact as text or JSON, as a given role may see it."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from medskapa.cli.refusals import Refused
from medskapa.cli.start import start_with_store

if TYPE_CHECKING:
    from medskapa.ground.labs.models import Lab
    from medskapa.ground.ledger.actors import Actor
    from medskapa.ground.ledger.walk import Node, Walk

STAR = "*"  # stands by what was invented for the demo, as on the pages
EXAMPLES = """\
examples:
  medskapa thread 3kQ0aVbX91_c                      as anybody may see it
  medskapa thread 3kQ0aVbX91_c --as moderator       as a moderator of its lab
  medskapa thread 3kQ0aVbX91_c --json | jq .nodes   the same, to work on

An artefact is named by the id at the end of its page's address.
"""


def add_to(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "thread", help="print the thread of an artefact", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("artefact", help="id of a story, an insight, an idea, a pilot …")
    parser.add_argument("--as", dest="role", default="public", help="role in the lab, such as moderator (default: public)")
    parser.add_argument("--json", action="store_true", help="write nodes and edges as JSON")
    parser.set_defaults(command=print_thread)


def print_thread(options: argparse.Namespace) -> int:
    """Print the thread. Raises Refused for an unknown artefact or role, or one that the role may not see."""
    start_with_store()
    from medskapa.ground.ledger.errors import NotAllowed
    from medskapa.ground.ledger.walk import walk

    start = _artefact(options.artefact)
    reader = _reader(options.role, start.lab.public_id)
    try:
        found = walk(start, reader)
    except NotAllowed:
        raise Refused(f"{options.artefact}: there is no such artefact that {options.role} may see") from None
    if options.json:
        sys.stdout.write(json.dumps(_as_json(found, start.lab, reader), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _as_text(found, start.lab, reader))
    return 0


def _artefact(public_id: str) -> Any:
    from medskapa.ground.ledger.registry import REGISTRY

    for model in REGISTRY.stages:
        found = model._base_manager.filter(public_id=public_id).first()
        if found:
            return found
    raise Refused(f"{public_id}: there is no such artefact; its id stands at the end of its page's address")


def _reader(role: str, lab: str) -> "Actor":
    from medskapa.ground.ledger.actors import Actor
    from medskapa.ground.people.roles import Role

    if role == "public":
        return Actor.public(lab)
    if role not in Role.values:
        raise Refused(f"--as {role}: there is no such role; there are public, {', '.join(Role.values)}")
    return Actor("system", "thread", lab, frozenset({role}))


def _as_text(found: "Walk", lab: "Lab", reader: "Actor") -> Iterator[str]:
    """One line for each artefact, stage by stage; what the start grew from and what grew from it stands apart from the rest."""
    from medskapa.outlook.thread.queries import told_back

    for title, on_path in (("The thread", True), ("Beside it", False)):
        nodes = [node for node in found.nodes if node.on_path is on_path]
        if nodes:
            yield title
            yield from (f"  {'→' if node.is_start else ' '} {node.stage:<11} {_words(node, lab, reader)}" for node in nodes)
        told = told_back(found, lab, reader)[0] if on_path else None
        if told:
            yield f"    {'back':<11} {told.title}{STAR if lab.is_demo else ''}"
    if found.more:
        yield f"and {found.more} more"
    if lab.is_demo:
        yield f"{STAR} invented for the demo"


def _words(node: "Node", lab: "Lab", reader: "Actor") -> str:
    star = STAR if _is_invented(node, lab) else ""
    if node.is_hidden:
        return f"{_count(node, reader)} that cannot be seen{star}"
    if node.is_stump:
        return f"withdrawn{star}"
    moment = node.moment.date() if isinstance(node.moment, datetime) else node.moment
    rest = [str(part) for part in (node.state, node.place, moment) if part]
    return f"{node.title}{star} ({', '.join(rest)})" if rest else f"{node.title}{star}"


def _is_invented(node: "Node", lab: "Lab") -> bool:
    """Whether what a node stands for was made up for the demo; only a row that names its source was not."""
    return bool(getattr(node.row, "bears_demo_mark", lab.is_demo))


def _count(node: "Node", reader: "Actor") -> str:
    """How many artefacts a node stands for; outside the team small numbers are not told."""
    from medskapa.ground.safeguarding.disclosure import a_few

    return a_few(node.count, reader)


def _as_json(found: "Walk", lab: "Lab", reader: "Actor") -> dict[str, Any]:
    plain = ("key", "stage", "level", "on_path", "is_start", "is_stump", "is_hidden")
    worded = ("title", "state", "moment", "place", "address")
    nodes = [
        {name: getattr(node, name) for name in plain}
        | {name: str(getattr(node, name) or "") for name in worded}
        | {"is_invented": _is_invented(node, lab)}
        | ({"count": _count(node, reader)} if node.is_hidden else {})
        for node in found.nodes
    ]
    return {"nodes": nodes, "edges": [{"parent": edge.parent, "child": edge.child} for edge in found.edges], "more": found.more}
