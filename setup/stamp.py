"""A step is done once for given inputs: a small file keeps their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from setup.places import ROOT


def hash_of(inputs: Iterable[Path], *more: str) -> str:
    """A hash over files, and every file in folders: their names from the checkout's root on, and what they hold."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(_files(inputs)):
        digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def is_done(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text().strip() == wanted


def mark_done(stamp: Path, wanted: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted + "\n")


def _files(inputs: Iterable[Path]) -> Iterable[Path]:
    for path in inputs:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file() and _counts(inner))


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix != ".pyc" and not path.name.startswith(".")
