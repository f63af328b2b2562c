"""A receipt (quittance) for one payment: owed for every payment (CPCEx R124-6), whoever recovers (IN-09)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.balance import balance_on, entries_of
from recovery.debts.records import Debt
from recovery.documents.keep_document import keep_document
from recovery.documents.parties import addressee_lines, issuer_lines, letter_recalled, on_whose_behalf
from recovery.documents.records import Document
from recovery.documents.sheet import Block, Facts, Grid, Heading, Sheet, Words
from recovery.documents.words import Say, named, words_of
from recovery.errors import Refusal
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.payments.allocate import ORDER
from recovery.payments.records import Payment
from recovery.written import day_there, long_day, written


class PaymentTakenBack(Refusal):
    kind = "payment-taken-back"

    def __init__(self) -> None:
        super().__init__("The bank took this payment back: no receipt is given for it.")


def make_receipt(session: Session, clock: Clock, payment: Payment, language: str) -> Document:
    """As things stood when the payment was recorded, so that asked again it is the same paper. Raises PaymentTakenBack."""
    if payment.reversed_on is not None:
        raise PaymentTakenBack()
    debt = session.get_one(Debt, payment.debt_id)
    sheet = receipt_sheet(session, debt, payment, language)
    facts = {"debt_id": str(debt.id), "amount_cents": payment.amount_cents, "paid_on": payment.paid_on.isoformat()}
    return keep_document(
        session, clock, "receipt", sheet, debt.debtor, facts, creditor_id=debt.creditor_id, payment_id=payment.id
    )


def language_of(debtor: Debtor) -> str:
    """The one they chose, else that of their country."""
    return debtor.language or {"ES": "es"}.get(debtor.country, "fr")


def language_beside(debtor: Debtor, spoken: str) -> str:
    """Of a paper given in a conversation: the one spoken there, but Catalan for whoever chose it, which no assistant speaks."""
    return "ca" if debtor.language == "ca" else spoken


def receipt_sheet(session: Session, debt: Debt, payment: Payment, language: str) -> Sheet:
    say = words_of(language)
    recorded_on = day_there(payment.recorded_at, debt.debtor.time_zone)
    number = f"R-{recorded_on:%Y%m%d}-{payment.id.hex[-6:].upper()}"
    return Sheet(
        language=language,
        title=say("receipt.title"),
        number=number,
        issuer=issuer_lines(debt.creditor, say),
        addressee=addressee_lines(debt.debtor),
        dated=long_day(recorded_on, language),
        made_at=payment.recorded_at,
        foot=say("foot", title=say("receipt.title"), number=number, issuer=debt.creditor.legal_name),
        blocks=_blocks(session, debt, payment, say, language),
    )


def _blocks(session: Session, debt: Debt, payment: Payment, say: Say, language: str) -> list[Block]:
    paid = written(Money(payment.amount_cents, payment.currency), language)
    facts = [
        (say("receipt.amount"), paid),
        (say("receipt.paid_on"), long_day(payment.paid_on, language)),
        (say("receipt.method"), named(language, "methods", payment.method)),
        (say("receipt.reference"), payment.external_ref),
        (say("debt.reference"), f"{debt.reference} · {debt.description}"),
        *on_whose_behalf([debt], say),
        *letter_recalled([debt], say, language),
    ]
    return [
        Words(say("receipt.lead", creditor=debt.creditor.legal_name, amount=paid)),
        Facts(facts),
        Heading(say("receipt.went_to")),
        _allocation(session, debt, payment, say, language),
        Heading(say("receipt.after")),
        _balance(session, debt, payment, say, language),
        Words(say("receipt.quittance")),
        Words(say("receipt.keep"), small=True),
    ]


def _allocation(session: Session, debt: Debt, payment: Payment, say: Say, language: str) -> Grid:
    lowered = {
        entry.part: -entry.amount_cents
        for entry in entries_of(session, debt)
        if entry.payment_id == payment.id and entry.kind == "payment"
    }
    rows = [
        (named(language, "parts", part), written(Money(lowered[part], debt.currency), language))
        for part in ORDER
        if part in lowered
    ]
    total = (say("total"), written(Money(payment.amount_cents, payment.currency), language))
    return Grid((say("receipt.part"), say("amount")), [*rows, total], (70, 30), (1,), last_is_total=True)


def _balance(session: Session, debt: Debt, payment: Payment, say: Say, language: str) -> Grid:
    """What was known when it was recorded: a later payment, or news of an earlier one, makes a new receipt of its own."""
    balance = balance_on(session, debt, payment.paid_on, known_at=payment.recorded_at)
    rows = [
        (named(language, "parts", part), written(amount, language))
        for part, amount in (
            ("principal", balance.principal),
            ("interest", balance.interest),
            ("indemnity", balance.indemnity),
            ("paid", -balance.paid),
        )
        if amount or part == "principal"
    ]
    left = (say("receipt.left", day=long_day(balance.as_of, language)), written(balance.due, language))
    return Grid((say("receipt.part"), say("amount")), [*rows, left], (70, 30), (1,), last_is_total=True)
