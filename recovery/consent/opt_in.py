"""The proof that somebody asked to be written to on a channel that wants one (WhatsApp, CH-05): when, in which words, where."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import fingerprint, record_act
from recovery.clock import Clock
from recovery.errors import Invalid
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.records import Conversation

WANTS_ONE = "whatsapp"


def opt_in_by_word(session: Session, clock: Clock, conversation: Conversation, debtor: Debtor, words: str) -> None:
    """They asked, verified, to be written to there: their own words are the proof, for each address of theirs on it."""
    asked = select(ContactPoint).where(
        ContactPoint.debtor_id == debtor.id, ContactPoint.channel == WANTS_ONE, ContactPoint.suppressed_at.is_(None)
    )
    for point in session.scalars(asked) if words.strip() else ():
        source = f"conversation:{conversation.id}"
        record_opt_in(session, clock, point, at=clock.now(), text=words, source=source, actor="debtor")


def record_opt_in(
    session: Session, clock: Clock, point: ContactPoint, *, at: datetime, text: str, source: str, actor: str = "api"
) -> ContactPoint:
    """`text`: what they agreed to, word for word; `source`: the form, call or conversation it was said in. Raises Invalid."""
    if at > clock.now():
        raise Invalid("An opt-in was given in the past.")
    if not text.strip() or not source.strip():
        raise Invalid("The proof of an opt-in holds the words agreed to and where they are kept.")
    proof: dict[str, Any] = {"at": at.isoformat(), "text": text.strip(), "source": source.strip()}
    point.opt_in = proof
    session.flush()
    record_act(
        session, clock, actor, "contact.opted_in", f"contact_point:{point.id}",
        channel=point.channel, at=proof["at"], source=proof["source"], text_sha256=fingerprint(proof["text"]),
    )  # fmt: skip
    return point
