"""Finding debts: by the reference people type, and those of a debtor that are still to be settled."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recovery.debts.records import Creditor, Debt, Entry


def fold_reference(text: str) -> str:
    """What references are compared by: capitals and digits alone, so that `f-2026 001` finds `F2026/001`."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def debt_by_reference(session: Session, reference: str, creditor: Creditor | None = None) -> Debt | None:
    """The one debt known by this reference; None where there is none, or where two creditors use the same one."""
    folded = fold_reference(reference)
    if not folded:
        return None
    wanted = select(Debt).where(Debt.reference_folded == folded).options(joinedload(Debt.creditor)).limit(2)
    if creditor is not None:
        wanted = wanted.where(Debt.creditor_id == creditor.id)
    found = session.scalars(wanted).all()
    return found[0] if len(found) == 1 else None


def open_debts(session: Session, debtor_id: UUID) -> list[Debt]:
    """Debts that are open with something still owed, oldest due first."""
    owed = select(func.sum(Entry.amount_cents)).where(Entry.debt_id == Debt.id).scalar_subquery()
    wanted = (
        select(Debt)
        .where(Debt.debtor_id == debtor_id, Debt.state == "open", owed > 0)
        .options(joinedload(Debt.creditor))
        .order_by(Debt.due_on, Debt.id)
    )
    return list(session.scalars(wanted))


def unsettled_debts(session: Session, debtor_id: UUID) -> list[Debt]:
    """Debts neither settled nor cancelled, those too old to be claimed among them, oldest due first."""
    wanted = (
        select(Debt)
        .where(Debt.debtor_id == debtor_id, Debt.state.in_(("open", "time_barred")))
        .options(joinedload(Debt.creditor))
    )
    return list(session.scalars(wanted.order_by(Debt.due_on, Debt.id)))


def creditor_by_key(session: Session, key: str) -> Creditor | None:
    return session.scalar(select(Creditor).where(Creditor.key == key))
