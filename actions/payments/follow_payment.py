"""What became of money: did it arrive, what was paid so far, a receipt, a problem, a refund."""

from __future__ import annotations

from itertools import combinations

from sqlalchemy import func, select

from actions.debts.debt_lines import sum_due
from actions.debts.tell_balance import say_nothing_is_asked
from actions.handover.beside import task_for_a_person
from actions.plans.arrangement import plan_of
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.find import unsettled_debts
from recovery.debts.records import Creditor, Debt, Entry
from recovery.disputes.open_dispute import disputes_of
from recovery.documents.nothing_owed import certify_nothing_owed, owes_nothing_to
from recovery.documents.plan_agreement import write_agreement
from recovery.documents.receipt import language_beside, make_receipt
from recovery.money import Money
from recovery.payments.records import Payment
from recovery.written import labelled, long_day, written

MOST_LISTED = 6
# Two payments of the same sum this near look like one paid twice.
TWICE_WITHIN_DAYS = 10


class PaymentStatus(TradeAction):
    action = "action_payment_status"

    def act(self, turn: Turn) -> None:
        payments = _payments(turn)
        if not payments and any(dispute.kind == "paid" for dispute in disputes_of(turn.session, turn.debtor)):
            turn.follow_up = "action_dispute_status"  # it is being looked for, under its ticket
            return
        if not payments and not turn.debts:
            say_nothing_is_asked(turn)  # too old, or nothing at all: no payment is missing
            return
        if not payments:
            turn.say("utter_no_payment_seen")
            return
        if len(payments) == 1:
            turn.say("utter_payment_found", amount=_sum(payments[0]), day=payments[0].paid_on)
        else:
            turn.say("utter_payments_made", count=len(payments), lines=_lines(turn, payments[:MOST_LISTED]))
        tell_what_is_left(turn)


class GiveReceipt(TradeAction):
    """The receipt of the latest payment, a certificate for each creditor to whom nothing is owed any more, or the plan on paper."""

    action = "action_give_receipt"

    def act(self, turn: Turn) -> None:
        payments = _payments(turn)
        clear = owes_nothing_to(turn.session, turn.clock, turn.debtor)
        if payments:
            latest = payments[0]
            turn.say("utter_receipt", amount=_sum(latest), day=latest.paid_on, number=latest.external_ref)
            turn.enclose(make_receipt(turn.session, turn.clock, latest, language_beside(turn.debtor, turn.language)))
        for creditor in clear:
            turn.say("utter_nothing_owed", creditor=creditor.name)
            turn.enclose(
                certify_nothing_owed(
                    turn.session, turn.clock, turn.debtor, creditor, language_beside(turn.debtor, turn.language)
                )
            )
        plan = None if payments else plan_of(turn)
        if plan:
            turn.say("utter_budget_agreement", creditor=turn.session.get_one(Creditor, plan.creditor_id).name)
            turn.enclose(write_agreement(turn.session, turn.clock, plan, language_beside(turn.debtor, turn.language)))
        elif not (payments or clear):
            _tell_why_not(turn)


def _tell_why_not(turn: Turn) -> None:
    """No receipt without a payment; that nothing is owed is certified once it is so."""
    if not turn.debts:
        turn.say("utter_nothing_due")
    elif says(turn, words_of("certificates")):
        turn.say("utter_no_certificate_yet", amount=sum_due(turn, turn.debts))
    elif says(turn, words_of("already_paid")):
        turn.follow_up = "action_report_payment"  # "bill receipted"
    elif turn.conversation.expecting == "payment_given" or says(turn, words_of("once_paid")):
        turn.say("utter_receipt_to_come")  # its way was given a moment ago: nobody has paid yet, and nobody says so
    else:
        turn.say("utter_no_payment_seen")


class PaymentProblem(TradeAction):
    action = "action_payment_problem"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.contested_just_now:
            return  # "the technician never came, it does not work": what does not work is what was sold
        turn.say("utter_payment_problem")
        task_for_a_person(turn, "other", {"payment_problem": True})
        if turn.debts:
            turn.follow_up = "action_tell_payment_methods"


class Refund(TradeAction):
    """A person decides on a refund: the assistant only accepts, it never refuses (ID-10). What the ledger shows goes with it."""

    action = "action_refund"

    def act(self, turn: Turn) -> None:
        payments = _payments(turn)
        if not payments and says(turn, words_of("overcharged")):
            turn.follow_up = "action_dispute"  # nothing was paid: it is the sum asked for that they find too high
            return
        twice, too_much = _paid_twice(payments), _too_much(turn)
        if too_much:
            turn.say("utter_refund_too_much", amount=too_much)
        elif twice:
            turn.say(
                "utter_refund_twice", amount=_sum(twice[0]), first_day=twice[1].paid_on, second_day=twice[0].paid_on
            )
        turn.say("utter_refund_asked")
        found = [{"ref": p.external_ref, "cents": p.amount_cents, "paid_on": p.paid_on.isoformat()} for p in payments]
        task_for_a_person(
            turn,
            "other",
            {"refund": True, "payments": found[:MOST_LISTED], "too_much_cents": too_much.cents if too_much else 0},
        )


def tell_what_is_left(turn: Turn) -> None:
    """After a payment was spoken of: what remains, or that nothing does."""
    debts = turn.debts
    if debts:
        turn.say("utter_left_to_pay", amount=sum_due(turn, debts))
    elif not unsettled_debts(turn.session, turn.debtor.id):
        turn.say("utter_nothing_due")


def _payments(turn: Turn) -> list[Payment]:
    """The debtor's payments that the bank did not take back, the latest first."""
    mine = select(Payment).where(Payment.debtor_id == turn.debtor.id, Payment.reversed_on.is_(None))
    return list(turn.session.scalars(mine.order_by(Payment.paid_on.desc(), Payment.recorded_at.desc())))


def _lines(turn: Turn, payments: list[Payment]) -> str:
    said = turn.language
    return "\n".join(f"- {labelled(long_day(p.paid_on, said), written(_sum(p), said), said)}" for p in payments)


def _sum(payment: Payment) -> Money:
    return Money(payment.amount_cents, payment.currency)


def _paid_twice(payments: list[Payment]) -> tuple[Payment, Payment] | None:
    """The later and the earlier of two alike, if any."""
    near = (
        (later, earlier)
        for later, earlier in combinations(payments, 2)
        if later.amount_cents == earlier.amount_cents and (later.paid_on - earlier.paid_on).days <= TWICE_WITHIN_DAYS
    )
    return next(near, None)


def _too_much(turn: Turn) -> Money | None:
    """What the ledger itself says is to be handed back (`refund` entries), if anything."""
    cents = turn.session.scalar(
        select(func.sum(Entry.amount_cents))
        .join(Debt, Debt.id == Entry.debt_id)
        .where(Debt.debtor_id == turn.debtor.id, Entry.kind == "refund")
    )
    return Money(int(cents)) if cents and cents > 0 else None
