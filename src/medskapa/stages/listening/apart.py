"""What decodes files from outside runs apart: in a process of its own, without settings or secrets, with little memory and time."""

import subprocess
import sys
from types import ModuleType

PATIENCE = 3  # how much longer than its own work it may take where others work beside it


def run_apart(module: ModuleType, content: bytes, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the file of a module on a content. Raises subprocess.TimeoutExpired.

    The module limits its own memory and the ``SECONDS`` of its work; how it ended and what it wrote is in the answer.
    """
    command = [sys.executable, "-I", str(module.__file__), *arguments]
    patience = PATIENCE * int(module.SECONDS)
    return subprocess.run(command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=patience, check=False)
