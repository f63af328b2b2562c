"""A file of debtors or debts, taken whole or not at all: every line is checked, and every bad one is reported.

CSV in UTF-8, a heading line, `,` or `;` between columns. Columns:
  debtors: external_id, kind, name, country; birth_date, postcode, tax_id, region, language, sms, whatsapp, email
  debts: creditor, debtor_external_id, reference, product, description, currency, issued_on, due_on, principal_cents
         (or principal: 247.30 or 247,30); letter_ref, letter_sent_on, demanded_on, contract_rate_bp, acknowledged_on,
         assignor, assigned_on, assignment_notified_on, on_behalf_of, on_behalf_of_address
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.debts.import_rows import Row, add_debt_row, add_debtor_row
from recovery.debts.prescription import bar_if_too_old
from recovery.debts.records import Debt, Import
from recovery.errors import Invalid, Refusal

REQUIRED = {
    "debtors": {"external_id", "kind", "name", "country"},
    "debts": {
        "creditor",
        "debtor_external_id",
        "reference",
        "product",
        "description",
        "currency",
        "issued_on",
        "due_on",
    },
}
OPTIONAL = {
    "debtors": {"birth_date", "postcode", "tax_id", "region", "language", "sms", "whatsapp", "email"},
    "debts": {
        "principal",
        "principal_cents",
        "letter_ref",
        "letter_sent_on",
        "demanded_on",
        "contract_rate_bp",
        "acknowledged_on",
        "assignor",
        "assigned_on",
        "assignment_notified_on",
        "on_behalf_of",
        "on_behalf_of_address",
    },
}
ADD: dict[str, Callable[[Session, Clock, Row], Any]] = {"debtors": add_debtor_row, "debts": add_debt_row}
MOST_PROBLEMS = 1000


def import_file(session: Session, clock: Clock, kind: str, name: str, text: str) -> Import:
    """The report, in state `loaded` or `refused`; where it is refused nothing of the file is kept."""
    if kind not in ADD:
        raise Invalid(f"A file is of debtors or of debts; {kind!r} is neither.")
    lines, problems, added = 0, [], []
    whole = session.begin_nested()
    try:
        for number, row in _rows(kind, text):
            lines += 1
            try:
                with session.begin_nested():
                    added.append(ADD[kind](session, clock, row))
            except Refusal as refusal:
                problems.append({"line": number, "problem": refusal.detail})
    except _BadHeading as heading:
        problems = [{"line": 1, "problem": str(heading)}]
    whole.rollback() if problems else whole.commit()
    return _report(session, clock, kind, name, text, lines, problems, [] if problems else added)


class _BadHeading(ValueError):
    pass


def _rows(kind: str, text: str) -> Iterator[tuple[int, Row]]:
    heading = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text.lstrip("\ufeff"), newline=""),
        delimiter=";" if heading.count(";") > heading.count(",") else ",",
    )
    columns = {(column or "").strip() for column in reader.fieldnames or ()}
    missing, unknown = REQUIRED[kind] - columns, columns - REQUIRED[kind] - OPTIONAL[kind]
    if missing or unknown:
        raise _BadHeading(f"missing columns: {_listed(missing)}; unknown columns: {_listed(unknown)}")
    for cells in reader:
        yield (
            reader.line_num,
            Row(
                {(key or "").strip(): (value or "").strip() for key, value in cells.items() if isinstance(value, str)},
                None in cells,
            ),
        )


def _report(
    session: Session, clock: Clock, kind: str, name: str, text: str, lines: int, problems: list[Any], added: list[Any]
) -> Import:
    if not lines and not problems:
        problems = [{"line": 1, "problem": "the file has no line of data"}]
    done = Import(
        kind=kind,
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        state="refused" if problems else "loaded",
        lines=lines,
        problems=problems[:MOST_PROBLEMS],
        created_at=clock.now(),
    )
    session.add(done)
    session.flush()
    # One line for the whole file: a line each would hold the chain, and everybody else, for as long as the import
    # lasts.
    record_act(
        session, clock, "api", f"import.{done.state}", f"import:{done.id}", kind=kind, lines=lines, sha256=done.sha256
    )
    for debt in added:
        if isinstance(debt, Debt):
            bar_if_too_old(session, clock, debt)
    return done


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
