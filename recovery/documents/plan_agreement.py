"""What a debtor agreed to, whole: parties, sums, every day, what it changes, how it was accepted (IN-08; C. civ. 1366)."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.records import Creditor, Debt
from recovery.documents.keep_document import keep_document
from recovery.documents.parties import (
    addressee_lines,
    issuer_lines,
    letter_recalled,
    mandatory_mentions,
    on_whose_behalf,
)
from recovery.documents.records import Document
from recovery.documents.sheet import Block, Facts, Grid, Heading, Sheet, Words
from recovery.documents.words import Say, named, words_of
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.plans.records import Plan
from recovery.written import day_there, long_day, moment, written


def write_agreement(session: Session, clock: Clock, plan: Plan, language: str) -> Document:
    """The copy owed at acceptance; of a plan as it was agreed, whatever was paid on it since."""
    sheet = agreement_sheet(session, plan, language)
    facts = {
        "total_cents": plan.total_cents,
        "parts": len(plan.instalments),
        "schedule_sha256": plan.acceptance.get("sha256"),
    }
    debtor = session.get_one(Debtor, plan.debtor_id)
    about = {"creditor_id": plan.creditor_id, "plan_id": plan.id}
    return keep_document(session, clock, "plan_agreement", sheet, debtor, facts, **about)


def agreement_sheet(session: Session, plan: Plan, language: str) -> Sheet:
    debtor, creditor = session.get_one(Debtor, plan.debtor_id), session.get_one(Creditor, plan.creditor_id)
    debts = [session.get_one(Debt, uuid.UUID(key)) for key in plan.debt_ids]
    say = words_of(language)
    accepted_on = day_there(plan.accepted_at, debtor.time_zone)
    number = f"A-{accepted_on:%Y%m%d}-{plan.id.hex[-6:].upper()}"
    return Sheet(
        language=language,
        title=say("agreement.title"),
        number=number,
        issuer=issuer_lines(creditor, say),
        addressee=addressee_lines(debtor),
        dated=long_day(accepted_on, language),
        made_at=plan.accepted_at,
        foot=say("foot", title=say("agreement.title"), number=number, issuer=creditor.legal_name),
        blocks=[
            *_what_is_agreed(plan, debtor, creditor, debts, say, language),
            *_how_to_pay(creditor, debts, say, language),
            *_what_it_means(debtor, debts, say),
            *_how_it_was_accepted(plan, debtor, say, language),
            *mandatory_mentions(creditor, debtor, say),
        ],
    )


def _what_is_agreed(
    plan: Plan, debtor: Debtor, creditor: Creditor, debts: list[Debt], say: Say, language: str
) -> list[Block]:
    total = Money(plan.total_cents, plan.currency)
    references = [(say("debt.reference"), f"{debt.reference} · {debt.description}") for debt in debts]
    rows = [
        (str(part.number), long_day(part.due_on, language), written(Money(part.amount_cents, plan.currency), language))
        for part in plan.instalments
    ]
    last = ("", say("total"), written(total, language))
    version = [(say("agreement.version"), str(plan.version))] if plan.version > 1 else []
    return [
        Words(
            say(
                "agreement.lead",
                debtor=debtor.name,
                creditor=creditor.legal_name,
                total=written(total, language),
                parts=len(rows),
            )
        ),
        Facts([*references, *on_whose_behalf(debts, say), *letter_recalled(debts, say, language), *version]),
        Heading(say("agreement.schedule")),
        Grid(
            (say("agreement.number"), say("agreement.day"), say("amount")),
            [*rows, last],
            (12, 58, 30),
            (2,),
            last_is_total=True,
        ),
    ]


def _how_to_pay(creditor: Creditor, debts: list[Debt], say: Say, language: str) -> list[Block]:
    methods = ", ".join(named(language, "methods", method) for method in creditor.payment_methods)
    rows = [(say("agreement.methods"), methods)]
    if "transfer" in creditor.payment_methods and creditor.iban:
        iban = " ".join(creditor.iban[i : i + 4] for i in range(0, len(creditor.iban), 4))
        rows.append((say("agreement.iban"), f"{iban}{f' · BIC {creditor.bic}' if creditor.bic else ''}"))
        rows.append((say("agreement.transfer_reference"), " ".join(debt.reference for debt in debts)))
    return [Heading(say("agreement.how_to_pay")), Facts(rows)]


def _what_it_means(debtor: Debtor, debts: list[Debt], say: Say) -> list[Block]:
    country = debtor.country.lower()
    credit = country == "fr" and any(debt.product == "consumer_credit" for debt in debts) and debtor.kind != "business"
    effect = say(f"agreement.period_{country}{'_credit' if credit else ''}")
    return [
        Heading(say("agreement.meaning")),
        Words(say("agreement.free_but_interest" if _bears_interest(debts) else "agreement.free")),
        Words(say("agreement.late")),
        Words(effect),
        Words(say(f"agreement.rights_{country}")),
    ]


def _bears_interest(debts: list[Debt]) -> bool:
    """Late interest that the law itself lets run goes on, whatever was agreed: it is said, not found out."""
    return any(debt.debtor.kind == "business" or debt.demanded_on for debt in debts)


def _how_it_was_accepted(plan: Plan, debtor: Debtor, say: Say, language: str) -> list[Block]:
    proof = plan.acceptance
    return [
        Heading(say("agreement.acceptance")),
        Facts(
            [
                (say("agreement.words"), say("agreement.quoted", words=proof["words"])),
                (say("agreement.at"), f"{moment(plan.accepted_at, debtor.time_zone)} ({debtor.time_zone})"),
                (say("agreement.channel"), named(language, "channels", proof["channel"])),
                (say("agreement.message"), proof["message_id"]),
                (say("agreement.shown"), proof["sha256"]),
            ]
        ),
    ]
