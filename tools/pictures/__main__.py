"""Draw every picture anew: each module here with a function ``picture() -> str`` gives docs/methods/<module>.svg."""

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs" / "methods"
sys.path.insert(0, str(HERE.parent))

for path in sorted(HERE.glob("*.py")):
    if "\ndef picture(" in path.read_text(encoding="utf-8"):
        DOCS.joinpath(f"{path.stem}.svg").write_text(import_module(f"pictures.{path.stem}").picture(), encoding="utf-8")
        print(f"docs/methods/{path.stem}.svg")
