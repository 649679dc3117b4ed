"""Make .venv and install exactly the locked, hashed versions, once: `environment.py run` or `environment.py test`.

Every Python reads this file, however old, so it is written plainly: whoever has the wrong one gets a line that helps.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main(kind):
    use_a_new_enough_python()
    if is_installed(kind):
        return 0
    refuse_without_venv()
    if not works(PYTHON):
        run([sys.executable, "-m", "venv", "--clear", VENV])
    say("installing %s into .venv, once; this takes a minute or two" % LOCKS[kind])
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", os.path.join(ROOT, LOCKS[kind])])
    write_links()
    with open(stamp_of(kind), "w") as file:
        file.write(state_of(kind))
    return 0


def use_a_new_enough_python():
    if sys.version_info >= (3, 11):
        return
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name] + sys.argv)
    found = "%d.%d" % sys.version_info[:2]
    stop("needs Python 3.11 or later; this is %s. On Debian or Ubuntu: sudo apt-get install python3.11 python3.11-venv" % found)


def refuse_without_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        name = "python%d.%d-venv" % sys.version_info[:2]
        stop("this Python cannot make environments. On Debian or Ubuntu: sudo apt-get install %s" % name)


def is_installed(kind):
    """Whether .venv holds what this kind needs; the test set holds everything that running needs."""
    return any(stamp_is_right(other) for other in LOCKS if other in (kind, "test")) and os.path.exists(PYTHON)


def stamp_is_right(kind):
    try:
        with open(stamp_of(kind)) as file:
            return file.read() == state_of(kind)
    except OSError:
        return False


def stamp_of(kind):
    return os.path.join(VENV, "installed-for-%s" % kind)


def state_of(kind):
    """What the stamp must say: the lock file's hash, and where the environment was made (they cannot be moved)."""
    with open(os.path.join(ROOT, LOCKS[kind]), "rb") as file:
        return "%s %s\n" % (hashlib.sha256(file.read()).hexdigest(), VENV)


def works(python):
    return os.path.exists(python) and subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def write_links():
    """Let .venv/bin/python find the source, and .venv/bin/medskapa start it."""
    folder = subprocess.check_output([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).decode().strip()
    with open(os.path.join(folder, "medskapa.pth"), "w") as file:
        file.write(os.path.join(ROOT, "src") + "\n")
    command = os.path.join(VENV, "bin", "medskapa")
    with open(command, "w") as file:
        file.write('#!/bin/sh\nexec "%s" -m medskapa "$@"\n' % PYTHON)
    os.chmod(command, 0o755)


def run(command):
    status = subprocess.call(command)
    if status:
        stop("could not finish: %s" % " ".join(os.path.relpath(part, ROOT) if os.path.isabs(part) else part for part in command))


def say(line):
    sys.stderr.write("medskapa: %s\n" % line)
    sys.stderr.flush()


def stop(line):
    say(line)
    sys.exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
