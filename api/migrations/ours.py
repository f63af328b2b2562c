"""Which objects of the database are described by our tables: procrastinate's look after themselves."""

from __future__ import annotations

from typing import Any


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))
