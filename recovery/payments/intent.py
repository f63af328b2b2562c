"""A way to pay given to the debtor: a page of their own for one sum, over one or more debts. Nothing is paid by it
alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on
from recovery.debts.freeze import MONEY_REFUSED, active_holds
from recovery.debts.records import Debt
from recovery.errors import DebtOnHold, Invalid, NotFound, Refusal
from recovery.money import Money
from recovery.payments.records import Payment, PaymentIntent
from recovery.payments.take_payment import take_payment
from recovery.plans.imposed import HOLD as MEASURES
from recovery.plans.imposed import collectable, imposed_on

LINK_DAYS = 14
# A link closes while its debt is held for one of these: what is forbidden is not taken.
NO_PAGE = MONEY_REFUSED | {"fraud", "time_barred"}
# Contested since the link was given, it closes; asked for by a debtor who contests and pays all the same, it is theirs to use.
CONTESTED = frozenset({"dispute", "paid"})


class LinkNoLongerOpen(Refusal):
    status = 410
    kind = "payment-link-closed"

    def __init__(self) -> None:
        super().__init__("This payment link was used or has expired; ask for a new one.")


class MethodNotTaken(Invalid):
    kind = "method-not-taken"

    def __init__(self, method: str, taken: Sequence[str]) -> None:
        super().__init__(f"The creditor does not take {method}; it takes {', '.join(taken)}.")


def payment_link(
    session: Session,
    clock: Clock,
    debtor_id: UUID,
    debts: Sequence[Debt],
    amount: Money,
    method: str,
    conversation_id: UUID | None = None,
) -> PaymentIntent:
    """An open intent; the page is `{public_url}/pay/{intent.token}`. Asked for again, the same one. Raises DebtOnHold where money
    must be refused.
    """
    _check(session, clock, debtor_id, debts, amount, method)
    if standing := _standing(session, clock, debtor_id, debts, amount, method):
        return standing
    intent = PaymentIntent(
        debtor_id=debtor_id,
        debt_ids=[str(debt.id) for debt in debts],
        amount_cents=amount.cents,
        currency=amount.currency,
        method=method,
        token=secrets.token_urlsafe(18),
        state="open",
        conversation_id=conversation_id,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=LINK_DAYS),
    )
    session.add(intent)
    session.flush()
    record_act(
        session,
        clock,
        "bot",
        "payment.link_given",
        f"debtor:{debtor_id}",
        intent=str(intent.id),
        amount_cents=amount.cents,
        method=method,
    )
    return intent


def may_be_paid(session: Session, clock: Clock, intent: PaymentIntent) -> bool:
    """Whether its page may take money: not once the debt is held for a reason that refuses it, nor once it is paid."""
    return (
        intent.state == "open"
        and not _closed_by_a_hold(session, clock, intent)
        and bool(shares_of(session, clock, intent))
    )


def _closed_by_a_hold(session: Session, clock: Clock, intent: PaymentIntent) -> bool:
    return any(
        hold.kind in NO_PAGE or (hold.kind in CONTESTED and hold.created_at > intent.created_at)
        for debt in debts_of(session, intent)
        for hold in active_holds(session, clock, debt.debtor_id, debt.id)
    )


def intent_by_token(session: Session, clock: Clock, token: str, *, lock: bool = False) -> PaymentIntent:
    wanted = select(PaymentIntent).where(PaymentIntent.token == token)
    intent = session.scalar(wanted.with_for_update() if lock else wanted)
    if intent is None:
        raise NotFound("payment link", token)
    if intent.state == "open" and intent.expires_at <= clock.now():
        intent.state = "expired"
    return intent


def confirm(session: Session, clock: Clock, token: str, provider_ref: str) -> list[Payment]:
    """The provider says the money is there: one payment a debt, oldest due first. Confirming again gives the same
    payments.
    """
    intent = intent_by_token(session, clock, token, lock=True)
    debts = debts_of(session, intent)
    if intent.state == "confirmed":
        refs = select(Payment).where(
            Payment.debt_id.in_([debt.id for debt in debts]), Payment.external_ref == provider_ref
        )
        return list(session.scalars(refs))
    if intent.state != "open":
        raise LinkNoLongerOpen
    payments = []
    for debt, share in shares_of(session, clock, intent):
        today = local_day(clock, debt.debtor.time_zone)
        payments.append(take_payment(session, clock, debt, share, today, intent.method, provider_ref))
    left = intent.amount_cents - sum(payment.amount_cents for payment in payments)
    intent.state = "confirmed"
    record_act(
        session,
        clock,
        "system",
        "payment.link_confirmed",
        f"intent:{intent.id}",
        provider_ref=provider_ref,
        not_allocated_cents=left,
    )
    return payments


def shares_of(session: Session, clock: Clock, intent: PaymentIntent) -> list[tuple[Debt, Money]]:
    """What of the sum goes to each debt: oldest due first, never more than is due on it today."""
    shares, left = [], intent.amount_cents
    for debt in debts_of(session, intent):
        due = balance_on(session, debt, local_day(clock, debt.debtor.time_zone)).due.cents
        share = min(left, due) if debt.state in {"open", "time_barred"} else 0
        if share > 0:
            shares.append((debt, Money(share, intent.currency)))
            left -= share
    return shares


def brought_down_to_what_is_due(session: Session, clock: Clock, intent: PaymentIntent) -> list[tuple[Debt, Money]]:
    """The shares to ask for now, and the link's own sum with them: what was paid otherwise meanwhile is not asked for again."""
    shares = shares_of(session, clock, intent)
    asked = sum(share.cents for _, share in shares)
    if asked < intent.amount_cents:
        record_act(
            session, clock, "system", "payment.link_lowered", f"intent:{intent.id}", was_cents=intent.amount_cents, cents=asked
        )  # fmt: skip
        intent.amount_cents = asked
    return shares


def debts_of(session: Session, intent: PaymentIntent) -> list[Debt]:
    wanted = select(Debt).where(Debt.id.in_([UUID(key) for key in intent.debt_ids])).order_by(Debt.due_on, Debt.id)
    return list(session.scalars(wanted))


def _standing(
    session: Session, clock: Clock, debtor_id: UUID, debts: Sequence[Debt], amount: Money, method: str
) -> PaymentIntent | None:
    wanted = select(PaymentIntent).where(
        PaymentIntent.debtor_id == debtor_id,
        PaymentIntent.debt_ids == [str(debt.id) for debt in debts],
        PaymentIntent.amount_cents == amount.cents,
        PaymentIntent.method == method,
        PaymentIntent.state == "open",
        PaymentIntent.expires_at > clock.now(),
    )
    latest = session.scalar(wanted.order_by(PaymentIntent.id.desc()).limit(1))
    return latest if latest and not _closed_by_a_hold(session, clock, latest) else None


def _check(session: Session, clock: Clock, debtor_id: UUID, debts: Sequence[Debt], amount: Money, method: str) -> None:
    if not debts or amount.cents <= 0:
        raise Invalid("A payment link needs at least one debt and one cent.")
    due = 0
    for debt in debts:
        if debt.debtor_id != debtor_id:
            raise NotFound("debt of this debtor", debt.reference)
        if method not in debt.creditor.payment_methods:
            raise MethodNotTaken(method, debt.creditor.payment_methods)
        for hold in active_holds(session, clock, debtor_id, debt.id):
            if hold.kind in MONEY_REFUSED or (
                hold.kind == MEASURES and not _asked_by_measures(session, clock, debt, amount)
            ):
                raise DebtOnHold(debt.reference, hold.kind)
        due += balance_on(session, debt, local_day(clock, debt.debtor.time_zone)).due.cents
    if amount.cents > due:
        raise Invalid(f"{amount.cents} cents is more than the {due} cents due.")


def _asked_by_measures(session: Session, clock: Clock, debt: Debt, amount: Money) -> bool:
    """Of a debt under measures their own sums alone are collected (C. conso. L733-16; VU-03)."""
    plan = imposed_on(session, clock, debt)
    return plan is not None and amount <= collectable(plan, local_day(clock, debt.debtor.time_zone))
