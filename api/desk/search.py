"""Finding a person: by name, by the reference of a debt, by a telephone number or an e-mail address, by the code of a conversation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from recovery.debts.find import fold_reference
from recovery.debts.records import Debt
from recovery.identity.case_code import conversation_of_code
from recovery.identity.records import ContactPoint, Debtor

MOST = 30
SHORTEST = 2  # letters of a name, or of a reference
SHORTEST_NUMBER = 6  # digits of a telephone number
PREFIXES = ("+33", "+34")
_ACCENTS = "àáâäãçéèêëíìîïñóòôöõúùûüýÿ"
_PLAIN = "aaaaaceeeeiiiinooooouuuuyy"


@dataclass(frozen=True)
class Found:
    debtor: Debtor
    references: list[str]
    contacts: list[str]


def search(session: Session, query: str) -> list[Found]:
    """A reference or a number found is the answer; otherwise names are looked through."""
    ids = _by_code(session, query) or _by_reference(session, query) | _by_contact(session, query)
    ids = ids or _by_name(session, query)
    if not ids:
        return []
    debtors = session.scalars(
        select(Debtor).where(Debtor.id.in_(ids)).order_by(Debtor.name, Debtor.id).limit(MOST)
    ).all()
    references = _grouped(
        session, select(Debt.debtor_id, Debt.reference).where(Debt.debtor_id.in_(ids)).order_by(Debt.due_on)
    )
    contacts = _grouped(
        session, select(ContactPoint.debtor_id, ContactPoint.address).where(ContactPoint.debtor_id.in_(ids))
    )
    return [Found(debtor, references.get(debtor.id, []), contacts.get(debtor.id, [])) for debtor in debtors]


def _by_code(session: Session, query: str) -> set[UUID]:
    """Somebody on the telephone reads out the code of a conversation."""
    talk = conversation_of_code(session, query)
    return {talk.debtor_id} if talk and talk.debtor_id else set()


def _by_reference(session: Session, query: str) -> set[UUID]:
    folded = fold_reference(query)
    if len(folded) < SHORTEST or not any(letter.isdigit() for letter in folded):
        return set()
    begins = and_(Debt.reference_folded >= folded, Debt.reference_folded < folded + "\uffff")
    return set(session.scalars(select(Debt.debtor_id).where(begins).limit(MOST)))


def _by_contact(session: Session, query: str) -> set[UUID]:
    if "@" in query:
        same: ColumnElement[bool] = func.lower(ContactPoint.address) == query.strip().lower()
    elif len(digits := re.sub(r"\D", "", query)) >= SHORTEST_NUMBER and not re.search("[a-z]", query, re.I):
        same = ContactPoint.address.in_(_numbers(digits))
    else:
        return set()
    return set(session.scalars(select(ContactPoint.debtor_id).where(same).limit(MOST)))


def _numbers(digits: str) -> list[str]:
    """The ways one number is kept: as written, and with each country's prefix."""
    national = digits.removeprefix("00").removeprefix("0")
    return [digits, f"+{digits}", f"+{digits.removeprefix('00')}", *(prefix + national for prefix in PREFIXES)]


def _by_name(session: Session, query: str) -> set[UUID]:
    words = [word for word in _folded(query).split() if len(word) >= SHORTEST]
    if not words:
        return set()
    name = func.translate(func.lower(Debtor.name), _ACCENTS, _PLAIN)
    wanted = select(Debtor.id).where(*(name.contains(word, autoescape=True) for word in words)).order_by(Debtor.name)
    return set(session.scalars(wanted.limit(MOST)))


def _folded(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(mark))


def _grouped(session: Session, wanted: Any) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for key, value in session.execute(wanted):
        found.setdefault(key, []).append(value)
    return found
