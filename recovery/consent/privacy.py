"""Data rights (GDPR 12, 15 to 22), complaints, preferences and addresses that belong to somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.opt_in import WANTS_ONE, opt_in_by_word
from recovery.consent.records import Complaint, DataRequest
from recovery.debts.freeze import freeze
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.records import Conversation

# GDPR 12(3): one month. A restriction asked for pauses reminders (GDPR 18, ID-09).
ANSWER_DAYS = 30
# What is said within a day is still of the same complaint.
STILL_THE_SAME = timedelta(days=1)


def open_data_request(
    session: Session, clock: Clock, conversation: Conversation, debtor: Debtor, kind: str, words: str
) -> DataRequest:
    """One open request a kind; `restriction`, `erasure` and `objection` also pause everything until they are answered."""
    standing = session.scalars(
        select(DataRequest).where(
            DataRequest.debtor_id == debtor.id, DataRequest.kind == kind, DataRequest.state == "open"
        )
    ).first()
    if standing:
        return standing
    due_on = (clock.now() + timedelta(days=ANSWER_DAYS)).date()
    request = DataRequest(
        debtor_id=debtor.id,
        kind=kind,
        words=words,
        due_on=due_on,
        state="open",
        conversation_id=conversation.id,
        created_at=clock.now(),
    )
    session.add(request)
    session.flush()
    if kind in {"restriction", "erasure", "objection"}:
        freeze(session, clock, debtor_id=debtor.id, kind="data_rights", reason=kind, conversation_id=conversation.id)
    record_act(
        session,
        clock,
        "debtor",
        "data_request.opened",
        f"data_request:{request.id}",
        kind=kind,
        due_on=due_on.isoformat(),
    )
    return request


def complain(session: Session, clock: Clock, conversation: Conversation, kind: str, words: str) -> Complaint:
    """Record a complaint about contacts (`contact`) or about us (`service`), identity verified or not.

    What is said of it later in the same conversation is added to it, in the debtor's words.
    """
    earlier = session.scalars(
        select(Complaint).where(Complaint.conversation_id == conversation.id).order_by(Complaint.created_at.desc())
    ).first()
    if earlier is not None and clock.now() - earlier.created_at < STILL_THE_SAME:
        earlier.words = f"{earlier.words}\n{words}"
        record_act(session, clock, "debtor", "complaint.added_to", f"complaint:{earlier.id}", kind=kind)
        return earlier
    complaint = Complaint(
        debtor_id=conversation.debtor_id,
        kind=kind,
        words=words,
        conversation_id=conversation.id,
        created_at=clock.now(),
    )
    session.add(complaint)
    session.flush()
    record_act(session, clock, "debtor", "complaint.made", f"complaint:{complaint.id}", kind=kind)
    return complaint


def note_preference(
    session: Session, clock: Clock, conversation: Conversation, debtor: Debtor, wish: dict[str, Any]
) -> None:
    """What the debtor asks of later messages: channel, hours, days, places (CT-12). The latest word on each wins."""
    debtor.preferences = {**debtor.preferences, **wish}
    facts = {name: value for name, value in wish.items() if name != "words"}
    record_act(session, clock, "debtor", "preference.noted", f"debtor:{debtor.id}", **facts)
    if wish.get("channel") == WANTS_ONE:
        opt_in_by_word(session, clock, conversation, debtor, str(wish.get("words", "")))


def suppress_address(session: Session, clock: Clock, conversation: Conversation, because: str) -> None:
    """Nothing is ever sent again to this address: it belongs to somebody else (ID-06, CP 226-22)."""
    points = session.scalars(
        select(ContactPoint).where(
            ContactPoint.channel == conversation.channel, ContactPoint.address == conversation.address
        )
    )
    for point in points:
        point.suppressed_at, point.suppressed_because = clock.now(), because
    record_act(session, clock, "debtor", "address.suppressed", f"conversation:{conversation.id}", because=because)
