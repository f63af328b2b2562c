"""The audit trail: every act in order, each line carrying the hash of the one before, so that nothing can be altered unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recovery.clock import Clock
from recovery.store import Record

# One writer at a time extends the chain; the key is any number nobody else locks on.
CHAIN_LOCK = 0x454E54


class AuditLine(Record):
    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]  # bot | debtor | agent:<id> | api | system
    act: Mapped[str]  # verb of the trade: plan.accepted, debt.frozen, ...
    subject: Mapped[str]  # kind:id
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


def record_act(session: Session, clock: Clock, actor: str, act: str, subject: str, **facts: Any) -> AuditLine:
    """Append one line. Facts are JSON values; names and figures, never secrets nor a debtor's words (`fingerprint`)."""
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    session.flush()
    previous = session.scalar(select(AuditLine.hash).order_by(AuditLine.id.desc()).limit(1)) or ""
    line = AuditLine(
        at=clock.now(), actor=actor, act=act, subject=subject, facts=facts, previous_hash=previous, hash=""
    )
    line.hash = _hash_of(line)
    session.add(line)
    session.flush()
    return line


def fingerprint(words: str) -> str:
    """What stands in the trail for somebody's words: these can be erased, and a line of the trail cannot."""
    return hashlib.sha256(words.encode()).hexdigest()


def first_broken_line(session: Session) -> int | None:
    """The id of the first line that does not follow from the one before, or None where the whole chain holds."""
    previous = ""
    for line in session.scalars(select(AuditLine).order_by(AuditLine.id).execution_options(yield_per=1000)):
        if line.previous_hash != previous or line.hash != _hash_of(line):
            return line.id
        previous = line.hash
    return None


def _hash_of(line: AuditLine) -> str:
    body = [line.previous_hash, line.at.astimezone().timestamp(), line.actor, line.act, line.subject, line.facts]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
