"""What the rules of the house are checked against: the files of the repository, and what each imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("identity", "debts", "plans", "payments", "disputes", "consent", "handover", "session")
OURS = ("actions", "api", "bench", "bot", "channels", "recovery", "setup", "tests")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository, those not yet added included, without what git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


def python_files(folder: str) -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(ROOT / folder)]


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def imports_of(file: Path) -> Iterator[str]:
    """Full module names, wherever in the file they are imported."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
