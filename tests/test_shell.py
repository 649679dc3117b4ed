"""The command `medskapa`, and the line that each bad environment gets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import bare_environment, medskapa

ROOT = Path(__file__).resolve().parent.parent
OLD = "import sys, runpy; sys.version_info = (3, 9, 18); sys.argv = {argv!r}; "
COMMANDS = (
    "init",
    "demo",
    "serve",
    "migrate",
    "worker",
    "check",
    "backup",
    "restore",
    "keys",
    "retention",
    "audit",
    "thread",
    "landscape",
    "select",
    "rank",
    "calibrate",
    "agreement",
    "effect",
    "panel",
    "match",
    "teams",
    "disclose",
)


def run_python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = bare_environment(**variables)
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_help_names_every_command_with_examples():
    said = medskapa("--help")

    assert said.returncode == 0
    assert [command for command in COMMANDS if not re.search(rf"\n    {command}\s", said.stdout)] == []
    assert "examples:\n  medskapa demo " in said.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(command):
    assert medskapa(command, "--help").returncode == 0


def test_an_unknown_setting_gets_one_line(tmp_path):
    refused = medskapa("check", MEDSKAPA_DATA=str(tmp_path), MEDSKAPA_PORT="80")

    assert refused.returncode == 2
    assert refused.stderr.startswith("medskapa: MEDSKAPA_PORT is not a setting; there are ")
    assert refused.stderr.count("\n") == 1


def test_a_data_folder_that_cannot_be_written_gets_one_line(tmp_path):
    file = tmp_path / "file"
    file.touch()

    refused = medskapa("migrate", MEDSKAPA_DATA=str(file / "var"))

    assert refused.returncode == 2
    assert refused.stderr == f"medskapa: cannot write in {file}/var: Not a directory; choose another folder with MEDSKAPA_DATA\n"


def test_unsafe_production_gets_a_line_for_each_reason(tmp_path):
    refused = medskapa("serve", MEDSKAPA_DATA=str(tmp_path), MEDSKAPA_HOSTS="lab.example.org")

    assert refused.returncode == 2
    assert [line.partition(",")[0] for line in refused.stderr.splitlines()] == ["medskapa: MEDSKAPA_HOSTS is set"] * 4


def test_a_database_that_does_not_answer_gets_one_line(tmp_path):
    refused = medskapa("migrate", "--look", MEDSKAPA_DATA=str(tmp_path), MEDSKAPA_DATABASE=f"postgresql://nobody@/none?host={tmp_path}")

    assert refused.returncode == 2
    assert refused.stderr.startswith("medskapa: the database does not answer: ")
    assert refused.stderr.count("\n") == 1


def test_a_too_old_python_gets_one_line_from_the_command():
    refused = run_python(OLD.format(argv=["medskapa"]) + "from medskapa.cli import run; sys.exit(run())", PYTHONPATH="src")

    assert (refused.returncode, refused.stderr) == (2, "medskapa: needs Python 3.11 or later; this is 3.9\n")


def test_a_too_old_python_gets_one_line_from_make():
    refused = run_python(
        OLD.format(argv=["environment.py", "run"]) + "runpy.run_path('tools/environment.py', run_name='__main__')", PATH="/none"
    )

    assert refused.returncode == 2
    assert refused.stderr == (
        "medskapa: needs Python 3.11 or later; this is 3.9. On Debian or Ubuntu: sudo apt-get install python3.11 python3.11-venv\n"
    )


def test_a_python_without_venv_gets_one_line_with_the_command(tmp_path):
    tool = tmp_path / "tools" / "environment.py"
    tool.parent.mkdir()
    tool.write_bytes(ROOT.joinpath("tools", "environment.py").read_bytes())
    tmp_path.joinpath("requirements.txt").touch()

    refused = run_python(
        f"import sys, runpy; sys.modules['ensurepip'] = None; sys.argv = ['x', 'run']; runpy.run_path({str(tool)!r}, run_name='__main__')"
    )

    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert refused.returncode == 2
    assert refused.stderr == f"medskapa: this Python cannot make environments. On Debian or Ubuntu: sudo apt-get install {name}\n"


def test_the_shell_that_reads_no_database_starts_without_one(tmp_path):
    file = tmp_path / "chain.jsonl"
    file.touch()

    verified = medskapa("audit", "verify", str(file), MEDSKAPA_DATABASE="postgresql://nobody@nowhere.invalid/none")

    assert (verified.returncode, verified.stderr) == (1, "")
    assert verified.stdout == f"{file}: line 1: there is no record in the file\n"


def test_a_broken_chain_is_a_finding_that_names_the_line(tmp_path):
    file = tmp_path / "chain.jsonl"
    file.write_text("{}\n")

    verified = medskapa("audit", "verify", str(file))

    assert verified.returncode == 1
    assert verified.stdout == f"{file}: line 1: this is not a record\n"


def test_a_chain_that_is_not_there_is_bad_input(tmp_path):
    verified = medskapa("audit", "verify", str(tmp_path / "none"))

    assert (verified.returncode, verified.stderr) == (2, f"medskapa: cannot read {tmp_path}/none: No such file or directory\n")
