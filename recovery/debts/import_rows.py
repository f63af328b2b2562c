"""One line of an imported file: read without guessing, then added through the rules of every debtor and debt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.find import creditor_by_key
from recovery.debts.records import Debt
from recovery.debts.register_debt import NewDebt, add_debt
from recovery.errors import Invalid, NotFound
from recovery.identity.records import Debtor
from recovery.identity.register_debtor import BY_TELEPHONE, NewDebtor, add_debtor
from recovery.money import Money


@dataclass(frozen=True)
class Row:
    cells: dict[str, str]
    too_long: bool = False

    def text(self, column: str) -> str:
        """Raises Invalid where the cell is empty."""
        value = self.cells.get(column, "")
        if not value or "\x00" in value:
            raise Invalid(f"{column} is empty.")
        return value

    def maybe(self, column: str) -> str | None:
        return self.cells.get(column) or None

    def day(self, column: str) -> date:
        return _day(column, self.text(column))

    def maybe_day(self, column: str) -> date | None:
        value = self.maybe(column)
        return _day(column, value) if value else None


def add_debtor_row(session: Session, clock: Clock, row: Row) -> Debtor:
    _refuse_too_long(row)
    points = [(channel, address) for channel in (*sorted(BY_TELEPHONE), "email") if (address := row.maybe(channel))]
    new = NewDebtor(
        external_id=row.text("external_id"),
        kind=row.text("kind"),
        name=row.text("name"),
        country=row.text("country"),
        birth_date=row.maybe_day("birth_date"),
        postcode=row.maybe("postcode"),
        tax_id=row.maybe("tax_id"),
        region=row.maybe("region"),
        language=row.maybe("language"),
        contact_points=points,
    )
    return add_debtor(session, clock, new)


def add_debt_row(session: Session, clock: Clock, row: Row) -> Debt:
    _refuse_too_long(row)
    creditor = creditor_by_key(session, row.text("creditor"))
    if creditor is None:
        raise NotFound("creditor", row.text("creditor"))
    debtor = session.scalar(select(Debtor).where(Debtor.external_id == row.text("debtor_external_id")))
    if debtor is None:
        raise NotFound("debtor", row.text("debtor_external_id"))
    rate = row.maybe("contract_rate_bp")
    new = NewDebt(
        reference=row.text("reference"),
        product=row.text("product"),
        description=row.text("description"),
        principal=Money(_cents(row), row.text("currency")),
        issued_on=row.day("issued_on"),
        due_on=row.day("due_on"),
        letter_ref=row.maybe("letter_ref"),
        letter_sent_on=row.maybe_day("letter_sent_on"),
        demanded_on=row.maybe_day("demanded_on"),
        contract_rate_bp=_whole("contract_rate_bp", rate) if rate else None,
        acknowledged_on=row.maybe_day("acknowledged_on"),
        assignor=row.maybe("assignor"),
        assigned_on=row.maybe_day("assigned_on"),
        assignment_notified_on=row.maybe_day("assignment_notified_on"),
        on_behalf_of=row.maybe("on_behalf_of"),
        on_behalf_of_address=row.maybe("on_behalf_of_address"),
    )
    return add_debt(session, clock, creditor, debtor, new)


def _cents(row: Row) -> int:
    """From `principal_cents`, or from `principal` with exactly two decimals: never through a float."""
    if cents := row.maybe("principal_cents"):
        return _whole("principal_cents", cents)
    written = re.fullmatch(r"(\d{1,10})[.,](\d{2})", row.text("principal"))
    if written is None:
        raise Invalid(f"principal is written 247.30 or 247,30; {row.text('principal')!r} is not.")
    return int(written[1]) * 100 + int(written[2])


def _whole(column: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,13}", value):
        raise Invalid(f"{column} is a whole number; {value!r} is not.")
    return int(value)


def _day(column: str, value: str) -> date:
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Invalid(f"{column} is written YYYY-MM-DD; {value!r} is not.")


def _refuse_too_long(row: Row) -> None:
    if row.too_long:
        raise Invalid("The line has more cells than the heading has columns.")
