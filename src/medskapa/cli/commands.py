"""The commands, and how one of them is carried out."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from medskapa import __version__
from medskapa.cli import audit, backup, check, keys, lab, retention, serve, store, thread
from medskapa.cli.computing import agreement, calibrate, disclose, effect, landscape, match, panel, rank, select, teams
from medskapa.cli.refusals import Refused
from medskapa.methods.errors import MethodError

METHODS = (landscape, select, rank, calibrate, agreement, effect, panel, match, teams, disclose)
EXAMPLES = """\
examples:
  medskapa demo                        load the demo lab
  medskapa serve                       answer at http://localhost:8000
  medskapa init --email ada@lab.org    make the first account, which can start labs
  medskapa check                       say what is missing for production
  medskapa backup monday.medskapa      write everything to one sealed file; `restore` puts it back
  medskapa keys rotate                 put a new master key in the place of the old one
  medskapa retention --dry-run         say what is past its time; --apply lets go of it
  medskapa audit export chain.jsonl    write the audit chain to a file
  medskapa audit verify chain.jsonl    see whether it is unbroken; needs no database
  medskapa thread 3kQ0aVbX91_c         print the thread of an insight, an idea, a pilot …
  medskapa landscape votes.csv                      find groups, and what joins them
  medskapa select election.pb                       choose projects within a budget
  medskapa rank comparisons.csv                     rank things from pairs
  medskapa calibrate reviews.csv --top 3            make a jury's scores comparable
  medskapa agreement codings.csv                    say whether coders agree
  medskapa effect months.csv --design its           say whether it got better
  medskapa match wishes.csv mentors.csv             match people with places by wishes
  medskapa panel quotas.csv people.csv --size 24    draw a panel by lot
  medskapa teams day.csv --tables 9 --rules r.toml  seat people at tables by rules and wishes
  medskapa disclose table.csv --out public.csv      withhold small numbers, and what would tell them

Data lie in ./var or in the folder MEDSKAPA_DATA. Without MEDSKAPA_HOSTS only this machine is answered.
Exit status: 0 done, 1 a finding, 2 bad input.
"""


def carry_out(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit status; what it refuses is one line on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except Refused as refused:
        sys.stderr.writelines(f"medskapa: {line}\n" for line in str(refused).splitlines())
        return 2
    except MethodError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has seen enough
        return 0
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one line, and where to read how it is right."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="medskapa",
        description="Run a social innovation lab, from the first story to a service that is measured.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"medskapa {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")
    for part in (lab, serve, store, check, backup, keys, retention, audit, thread, *METHODS):
        part.add_to(commands)
    return parser
