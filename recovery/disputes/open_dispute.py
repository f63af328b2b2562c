"""A dispute is recorded at once, in the debtor's own words, and holds that debt alone until it is answered (DP-01)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.countries.public_holidays import working_days_after
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.disputes.records import Dispute
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.session.records import Conversation

# Ley 10/2025 (ES, covered firms): 15 working days; applied in both countries (DP-01, DP-03).
ANSWER_WORKING_DAYS = 15
OPEN_STATES = ("received", "with_creditor", "awaiting_debtor")
# Identity theft is held apart: no insistence, a report is explained (DP-06).
HOLD_OF = {"fraud": "fraud", "paid": "paid"}


def open_dispute(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    debt: Debt,
    kind: str,
    words: str,
    claimed: Money | None = None,
) -> Dispute:
    """The dispute of this kind on this debt; words said again are added to the one already open."""
    standing = open_dispute_on(session, debt)
    if standing:
        add_words(session, clock, standing, words)
        if kind != standing.kind:
            record_act(
                session, clock, "debtor", "dispute.kind_changed", f"dispute:{standing.id}", was=standing.kind, now=kind
            )
            standing.kind = kind
        return standing
    debtor = session.get_one(Debtor, debt.debtor_id)
    today = local_day(clock, debtor.time_zone)
    dispute = Dispute(
        ticket=_next_ticket(session, today), debtor_id=debt.debtor_id, debt_id=debt.id, kind=kind, words=words,
        claimed_cents=claimed.cents if claimed else None, state="received", stages=[_stage("received", clock, "debtor")],
        answer_due_on=working_days_after(today, ANSWER_WORKING_DAYS, debtor.country),
        conversation_id=conversation.id, created_at=clock.now(),
    )  # fmt: skip
    session.add(dispute)
    session.flush()
    for hold in {"dispute", HOLD_OF.get(kind, "dispute")}:
        freeze(
            session,
            clock,
            debtor_id=debt.debtor_id,
            debt_id=debt.id,
            kind=hold,
            reason=dispute.ticket,
            conversation_id=conversation.id,
        )
    record_act(
        session,
        clock,
        "debtor",
        "dispute.opened",
        f"dispute:{dispute.id}",
        debt=str(debt.id),
        kind=kind,
        ticket=dispute.ticket,
    )
    return dispute


def open_dispute_on(session: Session, debt: Debt) -> Dispute | None:
    wanted = select(Dispute).where(Dispute.debt_id == debt.id, Dispute.state.in_(OPEN_STATES))
    return session.scalars(wanted.order_by(Dispute.created_at.desc())).first()


def disputes_of(session: Session, debtor: Debtor) -> list[Dispute]:
    return list(
        session.scalars(select(Dispute).where(Dispute.debtor_id == debtor.id).order_by(Dispute.created_at.desc()))
    )


def add_words(session: Session, clock: Clock, dispute: Dispute, words: str) -> None:
    """What the debtor adds later goes below what they first said; nothing is rewritten."""
    if words.strip() and words.strip() not in dispute.words:
        dispute.words = f"{dispute.words}\n{words.strip()}"
        record_act(session, clock, "debtor", "dispute.words_added", f"dispute:{dispute.id}")


def _next_ticket(session: Session, today: date) -> str:
    number = session.scalar(select(func.count()).select_from(Dispute)) or 0
    while session.scalar(select(Dispute.id).where(Dispute.ticket == (ticket := f"L-{today.year}-{number + 1:06d}"))):
        number += 1
    return ticket


def _stage(state: str, clock: Clock, by: str, note: str | None = None) -> dict[str, str | None]:
    return {"state": state, "at": clock.now().isoformat(), "by": by, "note": note}
