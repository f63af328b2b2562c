"""A write asked for twice happens once: the key and the hash of what was asked are kept with the answer."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, Session, mapped_column

from recovery.clock import Clock
from recovery.errors import KeyReused
from recovery.store import Record


class IdempotentAnswer(Record):
    __tablename__ = "idempotent_answer"

    key: Mapped[str] = mapped_column(primary_key=True)
    request_sha256: Mapped[str]
    status: Mapped[int]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]


def earlier_answer(session: Session, key: str, request: Any) -> IdempotentAnswer | None:
    """The answer already given for this key, or None. Raises KeyReused where the key came with another request."""
    kept = session.get(IdempotentAnswer, key)
    if kept and kept.request_sha256 != _hash_of(request):
        raise KeyReused(key)
    return kept


def keep_answer(session: Session, clock: Clock, key: str, request: Any, status: int, answer: dict[str, Any]) -> None:
    session.add(
        IdempotentAnswer(key=key, request_sha256=_hash_of(request), status=status, answer=answer, at=clock.now())
    )


def _hash_of(request: Any) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
