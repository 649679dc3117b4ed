"""Renew what says exactly what Medskapa is made of: requirements.txt, requirements-dev.txt and, for the program that asks
for advisories in the drill, requirements-audit.txt (versions with hashes, and no address of any host); and
docs/sbom.json (the parts that run, with their licences, as CycloneDX).

uv works the versions out; it lives in a throw-away environment, since only whoever renews the files needs it.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ("pip", "compile", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--universal", "-p", "3.11", "-q")
LIST = """
import importlib.metadata, json
known = {"pip", "setuptools", "uv", "medskapa"}
def licence(about):
    kinds = [kind.rpartition(" :: ")[2] for kind in about.get_all("Classifier", []) if kind.startswith("License ::")]
    return about["License-Expression"] or ", ".join(kinds) or (about["License"] or "").splitlines()[0]
print(json.dumps(sorted(
    (part.name.lower().replace("_", "-"), part.version, licence(part.metadata))
    for part in importlib.metadata.distributions() if part.name not in known
)))
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="medskapa-lock-") as folder:
        python = Path(folder, "bin", "python")
        venv.create(folder, with_pip=True)
        _run(python, "-m", "pip", "install", "--quiet", "uv")
        uv = python.with_name("uv")
        _compile(uv, "requirements.txt", "pyproject.toml")
        _compile(
            uv, "requirements-dev.txt", "pyproject.toml", "--all-extras", "--group", "dev", "--group", "peers", "-c", "requirements.txt"
        )
        _compile(uv, "requirements-audit.txt", "--group", "audit")
        _run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt")
        parts = json.loads(subprocess.run([python, "-c", LIST], check=True, capture_output=True, text=True).stdout)
    ROOT.joinpath("docs", "sbom.json").write_text(json.dumps(_bill(parts), indent=1) + "\n", encoding="utf-8")
    return 0


def _compile(uv: Path, name: str, *options: str) -> None:
    _run(uv, *COMPILE, *options, "-o", name, "--upgrade")
    if "://" in ROOT.joinpath(name).read_text(encoding="utf-8"):
        sys.exit(f"{name} names an address; see this machine's configuration of pip")


def _bill(parts: list[tuple[str, str, str]]) -> dict[str, Any]:
    components = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [{"license": {"name": licence}}],
        }
        for name, version, licence in parts
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
