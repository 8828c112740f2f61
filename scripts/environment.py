"""Make a virtual environment hold what a lock file asks for: `environment.py NAME FOLDER`.

Only the standard library is at hand here, and any Python from 3.11 on may run this.

1. One at a time: a second process waits for a file lock that the system lets go when its holder dies.
2. Nothing to do: the environment works, and its copy of the lock file equals the one in requirements/.
3. Otherwise a file `unfinished` is laid down first, pip installs with every hash checked, and then the copy of the
   lock file is written and `unfinished` goes. Whoever finds `unfinished` starts from an empty folder, because pip
   takes a package that it was killed in the middle of for installed.

An environment is known by its own copies of lock files, so `runtime` and `dev`, which holds `runtime`, can share one.
It follows the checkout when that moves: it is told of the checkout by a relative path, and nothing in its `bin`
but `python` itself is ever run (pip writes absolute paths into the others).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HELD_BY = {"runtime": ("runtime",), "dev": ("runtime", "dev"), "readers": ("readers",)}
"""Each lock file, and those whose contents it holds."""


def main(name: str, folder: Path) -> int:
    """Return the exit status: 0 when the environment is ready, 1 after a message on standard error."""
    try:
        with (folder.parent / f"{folder.name}.lock").open("w") as lock:
            wait_for(lock.fileno(), folder)
            if not is_ready(name, folder):
                build(name, folder)
    except KeyboardInterrupt:
        say(f"interrupted; the next run starts {folder.name} afresh.")
        return 130
    except OSError as error:
        say(f"cannot make {folder}: {error.strerror or error}.")
        return 1
    except subprocess.CalledProcessError:
        say(f"could not make {folder} (the reason is above); the next run starts it afresh.")
        return 1
    return 0


def wait_for(lock: int, folder: Path) -> None:
    """Take the lock, saying so when another process has it; our children hold it too, should they outlive us."""
    os.set_inheritable(lock, True)  # noqa: FBT003 - the function takes it by position only
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"another process is making {folder.name}; waiting for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)


def is_ready(name: str, folder: Path) -> bool:
    """Tell whether the environment works, is of the Python asked for, and holds what the lock file asks for."""
    installed = folder / f"installed-{name}.txt"
    return works(folder) and installed.is_file() and installed.read_bytes() == lock_file(name).read_bytes()


def works(folder: Path) -> bool:
    """Tell whether the environment was finished and its Python still runs; PYTHON, when set, says which it must be."""
    if not folder.exists() or (folder / "unfinished").exists():
        return False
    question = "import pip, sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python(folder), "-I", "-c", question], capture_output=True, check=False, text=True)
    except OSError:
        return False
    ours = f"{sys.version_info[0]} {sys.version_info[1]}"
    return answer.returncode == 0 and (not os.environ.get("PYTHON") or answer.stdout.strip() == ours)


def build(name: str, folder: Path) -> None:
    """Install the lock file, into the environment there is or, if that is none or broken, into a new one."""
    began = time.monotonic()
    fresh = not works(folder)
    count = sum(1 for line in lock_file(name).read_text().splitlines() if line[:1].isalnum())
    into = f"a new {folder.name} (Python {sys.version.split()[0]})" if fresh else folder.name
    say(f"installing {count} locked packages ({name}) into {into}; this happens once.")
    if fresh and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(exist_ok=True)
    (folder / "unfinished").touch()
    if fresh:
        create(folder)
    pip_install(name, folder)
    point_to_checkout(folder)
    for held in HELD_BY[name]:
        shutil.copyfile(lock_file(held), folder / f"installed-{held}.txt")
    (folder / "unfinished").unlink()
    say(f"{folder.name} is ready, after {time.monotonic() - began:.0f} s.")


def create(folder: Path) -> None:
    """Make an empty environment."""
    # The interpreter by its real name, python3.11: should the system's python3 become another version, this one's
    # absence shows, where a link to `python3` would silently find no package.
    real = Path(sys.executable).resolve()
    subprocess.run([real, "-I", "-m", "venv", folder], check=True, close_fds=False)


def point_to_checkout(folder: Path) -> None:
    """Let the environment's Python import from the checkout, by a path relative to its own packages."""
    packages = next((folder / "lib").glob("python3*/site-packages"))
    (packages / "newsclip.pth").write_text(os.path.relpath(ROOT, packages) + "\n")


def pip_install(name: str, folder: Path) -> None:
    """Install with pip as the machine has it configured; hashes checked, nothing but errors shown."""
    quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--no-warn-script-location")
    command = (python(folder), "-I", "-m", "pip", "install", *quiet, "--require-hashes", "-r", lock_file(name))
    # A --user install, which some configure for themselves, cannot go into an environment.
    environ = os.environ | {"PIP_USER": "0"}
    subprocess.run(command, check=True, close_fds=False, stdin=subprocess.DEVNULL, env=environ)


def python(folder: Path) -> Path:
    """Return the environment's interpreter."""
    return folder / "bin" / "python"


def lock_file(name: str) -> Path:
    """Return the lock file of that name."""
    return ROOT / "requirements" / f"{name}.txt"


def say(message: str) -> None:
    """Tell the user, on standard error."""
    sys.stderr.write(f"newsclip: {message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).absolute()))
