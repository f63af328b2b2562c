"""The gate: every text on its way out is held against the rules, and what each rule answered is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.consent.disclosure import debt_words_in, untold_amounts_in
from recovery.consent.first_word import may_write_first
from recovery.consent.never_said import never_said_in
from recovery.consent.opt_out import opt_out_in_force
from recovery.consent.records import GateDecision
from recovery.consent.wishes import against_their_wishes
from recovery.identity.records import ContactPoint
from recovery.session.records import Conversation
from recovery.store import time_ordered_id

AGENT_ANSWERS_WITHIN = timedelta(days=7)  # CT-10, cooldown_after_conversation_h


@dataclass(frozen=True)
class Verdict:
    """`rules`: each rule asked, [{"rule", "passed", "detail"}]."""

    allowed: bool
    rules: list[dict[str, Any]]

    def failed(self) -> list[dict[str, Any]]:
        return [rule for rule in self.rules if not rule["passed"]]


def ask_gate(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    author: str,
    text: str,
    kind: str,
    *,
    solicited: bool = False,
) -> Verdict:
    """`kind`: reply, agent, campaign or system. `solicited`: it answers what the debtor just did (CT-13)."""
    rules = [
        _address_wants_messages(session, conversation, kind, solicited),
        _as_they_wish(session, clock, conversation, kind, solicited),
        _never_said(text, author),
        _nothing_disclosed(session, conversation, text),
        *_first_word(session, clock, conversation, kind, solicited),
    ]
    return Verdict(all(rule["passed"] for rule in rules), rules)


def record_verdict(
    session: Session, clock: Clock, conversation: Conversation, author: str, text: str, verdict: Verdict
) -> GateDecision:
    decision = GateDecision(
        id=time_ordered_id(),
        conversation_id=conversation.id,
        author=author,
        allowed=verdict.allowed,
        rules=verdict.rules,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        at=clock.now(),
        extra={},
    )
    session.add(decision)
    return decision


def _address_wants_messages(session: Session, conversation: Conversation, kind: str, solicited: bool) -> dict[str, Any]:
    if solicited:
        return _rule("OO-04 contact", True, "answers the debtor")
    if opt_out_in_force(session, conversation):
        return _rule("OO-04 contact", False, "the debtor asked for no more messages here")
    suppressed = select(ContactPoint.suppressed_because).where(
        ContactPoint.channel == conversation.channel,
        ContactPoint.address == conversation.address,
        ContactPoint.suppressed_at.is_not(None),
    )
    if because := session.scalar(suppressed.limit(1)):
        return _rule("ID-06 contact", False, f"this address is closed for ever: {because}")
    return _rule("OO-04 contact", True, "")


def _first_word(
    session: Session, clock: Clock, conversation: Conversation, kind: str, solicited: bool
) -> list[dict[str, Any]]:
    """What answers the debtor leaves at any hour (CT-13); what begins a talk passes the whole send gate."""
    begins = kind == "campaign" or (kind == "agent" and _long_silent(clock, conversation))
    if solicited or not begins:
        return []
    return [_rule(*answer) for answer in may_write_first(session, clock, conversation)]


def _long_silent(clock: Clock, conversation: Conversation) -> bool:
    """An agent who comes back to somebody silent for this long begins again."""
    last = conversation.last_inbound_at
    return last is not None and clock.now() - last > AGENT_ANSWERS_WITHIN


def _as_they_wish(
    session: Session, clock: Clock, conversation: Conversation, kind: str, solicited: bool
) -> dict[str, Any]:
    """A person at the desk decides for themselves when to write; what we send of our own accord does not."""
    broken = None if solicited or kind == "agent" else against_their_wishes(session, clock, conversation)
    return _rule(broken[0], False, broken[1]) if broken else _rule("CT-12 wish", True, "")


def _never_said(text: str, author: str) -> dict[str, Any]:
    found = never_said_in(text, author)
    return _rule(
        f"{found.why} never said" if found else "never said",
        not found,
        f"{found.meaning}: “{found.words}”" if found else "",
    )


def _nothing_disclosed(session: Session, conversation: Conversation, text: str) -> dict[str, Any]:
    if conversation.identity == "verified":
        return _rule("ID-01 disclosure", True, "identity is verified")
    if words := debt_words_in(text):
        return _rule("ID-01 disclosure", False, f"says {', '.join(words)} before identity is verified")
    if amounts := untold_amounts_in(session, conversation, text):
        return _rule("ID-01 disclosure", False, f"says {', '.join(amounts)} before identity is verified")
    return _rule("ID-01 disclosure", True, "")


def _rule(name: str, passed: bool, detail: str) -> dict[str, Any]:
    return {"rule": name, "passed": passed, "detail": detail}
