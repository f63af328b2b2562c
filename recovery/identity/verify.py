"""Proving who is there: a reference or a known address, then a birth date, a postcode or a tax number.

Two facts, never read back, the same answer whether the reference or the second fact is wrong (ID-01, ID-02). Three failures
lock the debtor's file on every channel, and a person takes over.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.records import Complaint, OptOut
from recovery.debts.records import Debt
from recovery.handover.records import Handover
from recovery.identity.records import ContactPoint, Debtor, IdentityAttempt
from recovery.session.records import Conversation
from recovery.settings import settings

Outcome = Literal["verified", "needs_reference", "needs_second_fact", "failed", "locked", "of_another"]
SECOND_FACTS = ("birth_date", "postcode", "tax_id")


@dataclass(frozen=True)
class Facts:
    """What a message gives. Values as written by the extractor: ISO date, five-digit postcode, folded references."""

    references: tuple[str, ...] = ()
    birth_date: str | None = None
    postcode: str | None = None
    tax_id: str | None = None

    def second(self) -> dict[str, str]:
        return {name: value for name in SECOND_FACTS if (value := getattr(self, name))}


def offer_facts(
    session: Session, clock: Clock, conversation: Conversation, facts: Facts, *, by_another: bool = False
) -> Outcome:
    """Weigh what was given so far. Writes the attempt, the lock and the audit line; keeps no wrong value.

    `by_another`: whoever writes said that the file is somebody else's. Right facts prove nothing ("of_another"), wrong ones count.
    """
    if _locked(session, clock, conversation):
        return "locked"
    claimed = dict(conversation.claimed)
    if facts.references:
        claimed["reference"] = list(facts.references)
    claimed.setdefault("second", {})
    claimed["second"] = {**claimed["second"], **facts.second()}
    conversation.claimed = claimed
    by_address = _debtors_at_address(session, conversation)
    if not claimed.get("reference") and not by_address:
        return "needs_reference"
    if not claimed["second"]:
        return "needs_second_fact"
    return _compare(session, clock, conversation, by_address, by_another=by_another)


def debtor_behind(session: Session, references: tuple[str, ...] | list[str]) -> Debtor | None:
    """The one debtor whose debt carries one of these references, or None (unknown, or shared by several debtors)."""
    if not references:
        return None
    owners = session.scalars(select(Debt.debtor_id).where(Debt.reference_folded.in_(references)).distinct()).all()
    return session.get(Debtor, owners[0]) if len(owners) == 1 else None


def debtor_at_address(session: Session, conversation: Conversation) -> Debtor | None:
    """The one debtor whose address this is, or None (nobody's, or shared by several)."""
    there = _debtors_at_address(session, conversation)
    return there[0] if len(there) == 1 else None


def _compare(
    session: Session, clock: Clock, conversation: Conversation, by_address: list[Debtor], *, by_another: bool
) -> Outcome:
    claimed = conversation.claimed
    named = debtor_behind(session, claimed.get("reference") or [])
    candidates = [named] if named else ([] if claimed.get("reference") else by_address)
    right = next((debtor for debtor in candidates if _all_right(debtor, claimed["second"])), None)
    facts = [*(["reference"] if claimed.get("reference") else ["address"]), *claimed["second"]]
    subject = right or named or (by_address[0] if len(by_address) == 1 else None)
    if subject and subject.locked_until and subject.locked_until > clock.now():
        conversation.identity = "locked"  # whatever is given now, right or wrong, gets the same answer
        return "locked"
    if right and by_another:
        _keep_what_names(conversation, "reference")
        return "of_another"
    session.add(
        IdentityAttempt(
            conversation_id=conversation.id,
            debtor_id=subject.id if subject else None,
            succeeded=bool(right),
            facts=facts,
            at=clock.now(),
        )
    )
    if right:
        return _verified(session, clock, conversation, right)
    return _failed(session, clock, conversation, subject)


def _verified(session: Session, clock: Clock, conversation: Conversation, debtor: Debtor) -> Outcome:
    conversation.debtor_id = debtor.id
    conversation.identity = "verified"
    conversation.verified_at = clock.now()
    conversation.identity_failures = 0
    conversation.claimed = {}  # ID-02, RE-02: what proved identity is not kept
    _own_earlier_records(session, conversation)
    _own_address(session, clock, conversation, debtor)
    record_act(session, clock, "debtor", "identity.verified", f"conversation:{conversation.id}", debtor=str(debtor.id))
    return "verified"


def _own_address(session: Session, clock: Clock, conversation: Conversation, debtor: Debtor) -> None:
    """Two facts were proven from here: this address is theirs (a browser is no address)."""
    if conversation.channel == "web":
        return
    here = (conversation.channel, conversation.address)
    points = [point for point in debtor.contact_points if (point.channel, point.address) == here]
    if not points:
        points = [ContactPoint(debtor_id=debtor.id, channel=here[0], address=here[1])]
        session.add(points[0])
    points[0].owned_since = points[0].owned_since or clock.now()


def _own_earlier_records(session: Session, conversation: Conversation) -> None:
    """What was said before identity was proven belongs to the debtor from now on."""
    for kind in (Handover, Complaint, OptOut):
        mine = (kind.conversation_id == conversation.id, kind.debtor_id.is_(None))
        session.execute(update(kind).where(*mine).values(debtor_id=conversation.debtor_id))


def _failed(session: Session, clock: Clock, conversation: Conversation, subject: Debtor | None) -> Outcome:
    conversation.identity_failures += 1
    # A reference that names somebody is kept, so that the other fact alone is given again; nothing is said about which was wrong.
    _keep_what_names(conversation, *(("reference",) if subject else ()))
    record_act(
        session,
        clock,
        "debtor",
        "identity.failed",
        f"conversation:{conversation.id}",
        failures=conversation.identity_failures,
    )
    if (
        max(conversation.identity_failures, _recent_failures(session, clock, subject))
        < settings().identity_max_failures
    ):
        return "failed"
    conversation.identity = "locked"
    if subject:
        subject.locked_until = clock.now() + timedelta(hours=settings().identity_lock_hours)
    record_act(
        session,
        clock,
        "system",
        "identity.locked",
        f"conversation:{conversation.id}",
        debtor=str(subject.id) if subject else None,
    )
    return "locked"


def _keep_what_names(conversation: Conversation, *facts: str) -> None:
    conversation.claimed = {name: kept for name, kept in conversation.claimed.items() if name in ("link", *facts)}


def _recent_failures(session: Session, clock: Clock, debtor: Debtor | None) -> int:
    """Failures against this debtor on every channel since the last success, inside the lock's period."""
    if debtor is None:
        return 0
    session.flush()
    since = clock.now() - timedelta(hours=settings().identity_lock_hours)
    mine = select(func.max(IdentityAttempt.at)).where(IdentityAttempt.debtor_id == debtor.id, IdentityAttempt.succeeded)
    since = max(since, session.scalar(mine) or since)
    failed = select(func.count()).where(
        IdentityAttempt.debtor_id == debtor.id, IdentityAttempt.succeeded.is_(False), IdentityAttempt.at >= since
    )
    return session.scalar(failed) or 0


def _locked(session: Session, clock: Clock, conversation: Conversation) -> bool:
    if conversation.identity != "locked":
        return False
    latest = select(func.max(IdentityAttempt.at)).where(IdentityAttempt.conversation_id == conversation.id)
    last = session.scalar(latest)
    if last and clock.now() - last >= timedelta(hours=settings().identity_lock_hours):
        conversation.identity, conversation.identity_failures = "unverified", 0
        return False
    return True


def _debtors_at_address(session: Session, conversation: Conversation) -> list[Debtor]:
    linked = conversation.claimed.get("link")  # a signed single-use link from a verified channel counts as one fact
    if linked:
        debtor = session.get(Debtor, uuid.UUID(linked))
        return [debtor] if debtor else []
    known = (
        select(Debtor)
        .join(ContactPoint)
        .where(
            ContactPoint.channel == conversation.channel,
            ContactPoint.address == conversation.address,
            ContactPoint.suppressed_at.is_(None),
        )
    )
    return list(session.scalars(known).unique())


def _all_right(debtor: Debtor, given: dict[str, str]) -> bool:
    held = {
        "birth_date": debtor.birth_date.isoformat() if debtor.birth_date else None,
        "postcode": debtor.postcode,
        "tax_id": debtor.tax_id,
    }
    return bool(given) and all(_folded(held[name]) == _folded(value) for name, value in given.items())


def _folded(value: str | None) -> str | None:
    if value is None:
        return None
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]", "", plain.upper()) or None
