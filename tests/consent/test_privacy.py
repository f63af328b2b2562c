"""Data rights: each has its day, and those that ask us to stop do stop us."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.privacy import open_data_request
from recovery.debts.freeze import active_holds
from tests import cast


@pytest.mark.parametrize(
    ("kind", "holds"), [("objection", ["data_rights"]), ("restriction", ["data_rights"]), ("access", [])]
)
def test_an_objection_pauses_everything(session: Session, clock: FrozenClock, kind: str, holds: list[str]) -> None:
    debtor = cast.camille(session)
    talk = cast.conversation_of(session, debtor)
    request = open_data_request(session, clock, talk, debtor, kind, "je m'y oppose")
    assert request.due_on == date(2026, 12, 22)
    assert [hold.kind for hold in active_holds(session, clock, debtor.id)] == holds
    assert open_data_request(session, clock, talk, debtor, kind, "encore").id == request.id
