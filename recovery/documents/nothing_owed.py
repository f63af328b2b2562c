"""The certificate that nothing is owed: given only while it is true, for the creditor and the references it names."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recovery.clock import Clock, local_day
from recovery.debts.balance import Balance, balances_on
from recovery.debts.records import Creditor, Debt
from recovery.documents.keep_document import keep_document
from recovery.documents.parties import addressee_lines, issuer_lines, on_whose_behalf
from recovery.documents.records import Document
from recovery.documents.sheet import Grid, Sheet, Words
from recovery.documents.words import words_of
from recovery.errors import Refusal
from recovery.identity.records import Debtor
from recovery.written import labelled, long_day, written


class SomethingOwed(Refusal):
    kind = "something-owed"

    def __init__(self, creditor: str) -> None:
        super().__init__(f"Something is still due to {creditor}, or nothing ever was: no certificate can be given.")


def owes_nothing_to(session: Session, clock: Clock, debtor: Debtor) -> list[Creditor]:
    """The creditors this debtor once owed, and owes nothing to today, whatever the state of the debt."""
    debts = _debts(session, debtor)
    balances = _today(session, clock, debtor, debts)
    owing = {debt.creditor_id for debt in debts if balances[debt.id].due.cents > 0}
    return list({debt.creditor_id: debt.creditor for debt in debts if debt.creditor_id not in owing}.values())


def certify_nothing_owed(session: Session, clock: Clock, debtor: Debtor, creditor: Creditor, language: str) -> Document:
    """Raises SomethingOwed. Asked twice on one day, it is the same paper."""
    debts = [debt for debt in _debts(session, debtor) if debt.creditor_id == creditor.id]
    balances = _today(session, clock, debtor, debts)
    if not debts or any(balances[debt.id].due.cents > 0 for debt in debts):
        raise SomethingOwed(creditor.name)
    sheet = nothing_owed_sheet(clock, debtor, creditor, debts, balances, language)
    facts = {"debt_ids": [str(debt.id) for debt in debts], "as_of": local_day(clock, debtor.time_zone).isoformat()}
    return keep_document(session, clock, "nothing_owed", sheet, debtor, facts, creditor_id=creditor.id)


def nothing_owed_sheet(
    clock: Clock,
    debtor: Debtor,
    creditor: Creditor,
    debts: list[Debt],
    balances: dict[UUID, Balance],
    language: str,
) -> Sheet:
    say, today = words_of(language), local_day(clock, debtor.time_zone)
    number = f"S-{today:%Y%m%d}-{debtor.id.hex[-4:].upper()}{creditor.id.hex[-2:].upper()}"
    rows = [
        (
            debt.reference,
            debt.description,
            written(balances[debt.id].paid, language),
            written(balances[debt.id].due, language),
        )
        for debt in debts
    ]
    headings = (say("debt.reference"), say("debt.what"), say("nothing_owed.paid"), say("nothing_owed.left"))
    behalf = [Words(labelled(name, value, language)) for name, value in on_whose_behalf(debts, say)]
    return Sheet(
        language=language,
        title=say("nothing_owed.title"),
        number=number,
        issuer=issuer_lines(creditor, say),
        addressee=addressee_lines(debtor),
        dated=long_day(today, language),
        # The day is all that it tells: the hour would make two papers of one.
        made_at=datetime.combine(today, time(), UTC),
        foot=say("foot", title=say("nothing_owed.title"), number=number, issuer=creditor.legal_name),
        blocks=[
            Words(
                say(
                    "nothing_owed.says", creditor=creditor.legal_name, debtor=debtor.name, day=long_day(today, language)
                )
            ),
            Grid(headings, rows, (22, 42, 18, 18), (2, 3)),
            *behalf,
            Words(say("nothing_owed.limits"), small=True),
        ],
    )


def _debts(session: Session, debtor: Debtor) -> list[Debt]:
    wanted = select(Debt).where(Debt.debtor_id == debtor.id).options(joinedload(Debt.creditor), joinedload(Debt.debtor))
    return list(session.scalars(wanted.order_by(Debt.due_on, Debt.id)))


def _today(session: Session, clock: Clock, debtor: Debtor, debts: list[Debt]) -> dict[UUID, Balance]:
    today = local_day(clock, debtor.time_zone)
    return balances_on(session, debts, lambda _: today)
