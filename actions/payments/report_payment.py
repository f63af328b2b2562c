"""Already paid: looked for in the ledger; found, thanks; not found, noted with a hold until it is checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import choose, chosen_debts, debts_meant
from actions.handover.beside import task_for_a_person
from actions.payments.day_paid import day_paid
from actions.payments.follow_payment import tell_what_is_left
from actions.plans.said import says
from actions.session.if_meant import ask_if_meant, only_guessed
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.debts.records import Debt
from recovery.disputes.keep_evidence import keep_evidence
from recovery.disputes.open_dispute import add_words, open_dispute, open_dispute_on
from recovery.disputes.records import Dispute
from recovery.money import Money
from recovery.payments.declare import find_payment
from recovery.payments.records import DeclaredPayment, Payment

PAID = {"report_payment", "ask_payment_status", "payment_problem"}
HALF_HEARD = 0.35


class ReportPayment(TradeAction):
    action = "action_report_payment"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = turn.debts
        if not debts:
            turn.say("utter_nothing_due")
            return
        if _not_yet(turn):
            turn.follow_up = "action_promise"
            return
        if turn.conversation.expecting == "hardship_told" and not says(turn, words_of("paying")) and not turn.amounts():
            turn.follow_up = "action_hear_hardship"  # "since July", said of what happened
            return
        if not says(turn, words_of("of_paying_once")) and only_guessed(turn, PAID, HALF_HEARD):
            ask_if_meant(turn, self.action, "payment_meant")
            return
        facts = _gather(turn)
        debt = _debt_meant(turn, debts)
        found = (
            find_payment(turn.session, [d.id for d in ([debt] if debt else debts)], _money(facts), _day(facts))
            if facts
            else None
        )
        if found:
            _thank(turn, found)
        elif debt and _contested_in_this_message(turn, debt):
            note_declared_payment(turn, debt, facts, beside=True)
        elif debt and (_enough(facts) or turn.conversation.expecting == "payment_noted"):
            note_declared_payment(turn, debt, facts)
        elif debt is None and _enough(facts):
            _note_each(turn, _paid_together(turn, debts, facts) or debts[:1], facts)
        else:
            turn.ask("payment_facts")


class TakePaymentFacts(TradeAction):
    """Whatever the debtor can tell is taken: a right invoked is recorded even where every fact is missing."""

    action = "action_take_payment_facts"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = turn.debts
        if not debts:
            turn.close_question()
            turn.say("utter_nothing_due")
            return
        if _not_yet(turn):
            turn.follow_up = "action_promise"
            return
        facts = _gather(turn)
        debt = _debt_meant(turn, debts)
        found = find_payment(turn.session, [d.id for d in debts], _money(facts), _day(facts)) if facts else None
        if found:
            _thank(turn, found)
        else:
            _note_each(turn, [debt] if debt else _paid_together(turn, debts, facts) or debts[:1], facts)


def _note_each(turn: Turn, debts: list[Debt], facts: dict[str, Any]) -> None:
    for debt in debts:
        note_declared_payment(turn, debt, facts)


def _paid_together(turn: Turn, debts: list[Debt], facts: dict[str, Any]) -> list[Debt]:
    """ "Both at once": the debts named now or when the payment was first told, or those whose sums make up what was paid."""
    named = debts_meant(turn, debts) or chosen_debts(turn, debts)
    standing = [debt for debt in debts if _declared_here(turn, debt)]
    if standing or len(named) > 1:
        return standing or named
    paid = _money(facts)
    return debts if paid and len(debts) > 1 and paid == sum_due(turn, debts) else []


def _declared_here(turn: Turn, debt: Debt) -> bool:
    here = DeclaredPayment.conversation_id == turn.conversation.id
    return turn.session.scalar(select(DeclaredPayment.id).where(here, DeclaredPayment.debt_id == debt.id)) is not None


def _contested_in_this_message(turn: Turn, debt: Debt) -> bool:
    """ "The sum is wrong, I paid 100 in October": its ticket and its question were just told."""
    return turn.contested_just_now and open_dispute_on(turn.session, debt) is not None


def note_declared_payment(turn: Turn, debt: Debt, facts: dict[str, Any], *, beside: bool = False) -> None:
    """The declaration, a dispute of kind "paid" with its hold, and a check for a person. `beside`: its ticket was told already."""
    dispute = open_dispute_on(turn.session, debt) or open_dispute(
        turn.session, turn.clock, turn.conversation, debt, "paid", turn.text
    )
    told_before = _declare(turn, debt, dispute, facts)
    record_act(turn.session, turn.clock, "debtor", "payment.declared", f"debt:{debt.id}", **facts)
    keep_evidence(turn.session, turn.clock, turn.message.attachments, dispute)
    turn.context["dispute"] = str(dispute.id)
    if beside:
        turn.asked = True  # the question of the dispute is open, and not asked twice
        _ask_for_a_check(turn, facts)
        return
    turn.stay_with("payment_noted")
    if told_before:
        add_words(turn.session, turn.clock, dispute, turn.text)
    turn.say(
        "utter_payment_facts_added" if told_before else "utter_payment_to_check",
        ticket=dispute.ticket, reference=debt.reference, answer_due_on=dispute.answer_due_on,
    )  # fmt: skip
    _ask_for_a_check(turn, facts)


def _ask_for_a_check(turn: Turn, facts: dict[str, Any]) -> None:
    task_for_a_person(turn, "paid_check", {"declared": facts})


def _declare(turn: Turn, debt: Debt, dispute: Dispute, facts: dict[str, Any]) -> bool:
    """One declaration a conversation and check: a sum told late or put right completes it. True where it stood already."""
    standing = turn.session.scalar(
        select(DeclaredPayment).where(
            DeclaredPayment.dispute_id == dispute.id, DeclaredPayment.conversation_id == turn.conversation.id
        )
    )
    declared = standing or DeclaredPayment(
        debtor_id=debt.debtor_id, debt_id=debt.id, dispute_id=dispute.id, conversation_id=turn.conversation.id,
        words=turn.text, created_at=turn.clock.now(),
    )  # fmt: skip
    amount = _money(facts)
    declared.amount_cents = amount.cents if amount else declared.amount_cents
    declared.paid_on, declared.method = _day(facts) or declared.paid_on, facts.get("method") or declared.method
    if standing and turn.text not in (standing.words or ""):
        standing.words = "\n".join(filter(None, [standing.words, turn.text]))
    turn.session.add(declared)
    turn.session.flush()
    return standing is not None


def _not_yet(turn: Turn) -> bool:
    """A day to come: nothing was paid yet, it will be."""
    day = day_paid(turn)
    corrects = turn.conversation.expecting == "payment_noted" and says(turn, words_of("it_was"))
    return day is not None and day > turn.today and not corrects


def _gather(turn: Turn) -> dict[str, Any]:
    kept: dict[str, Any] = dict(turn.context.get("payment_facts", {}))
    if turn.amounts():
        kept["cents"], kept["currency"] = turn.amounts()[-1].cents, turn.amounts()[-1].currency
    if day := day_paid(turn):
        behind = day if day <= turn.today else day - relativedelta(months=1)  # "no, it was the 4th"
        kept["day"] = behind.isoformat()
    if turn.value("payment_method"):
        kept["method"] = turn.value("payment_method")
    turn.context["payment_facts"] = kept
    return kept


def _enough(facts: dict[str, Any]) -> bool:
    return sum(key in facts for key in ("cents", "day", "method")) >= 2


def _debt_meant(turn: Turn, debts: list[Debt]) -> Debt | None:
    meant = debts_meant(turn, debts) or chosen_debts(turn, debts) or (debts if len(debts) == 1 else [])
    if len(meant) != 1:
        if meant:
            choose(turn, meant)
        return None
    choose(turn, meant)
    return meant[0]


def _money(facts: dict[str, Any]) -> Money | None:
    return Money(facts["cents"], facts["currency"]) if "cents" in facts else None


def _day(facts: dict[str, Any]) -> date | None:
    return date.fromisoformat(facts["day"]) if "day" in facts else None


def _thank(turn: Turn, payment: Payment) -> None:
    turn.close_question()
    turn.context.pop("payment_facts", None)
    turn.say("utter_payment_found", amount=Money(payment.amount_cents, payment.currency), day=payment.paid_on)
    tell_what_is_left(turn)
