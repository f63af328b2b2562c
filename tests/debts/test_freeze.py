"""Holds: placed once, counted on the debtor's day, lifted for good."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.find import debt_by_reference, fold_reference, open_debts
from recovery.debts.freeze import active_holds, freeze, lift
from recovery.debts.stop_interest import stop_interest
from recovery.debts.write_off import write_off
from recovery.money import Money
from tests import cast


def test_a_hold_is_placed_once_and_its_end_moves_later_only(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    hold = freeze(session, clock, debtor_id=debtor.id, kind="hardship", until=date(2026, 12, 22))
    assert freeze(session, clock, debtor_id=debtor.id, kind="hardship", until=date(2026, 12, 1)) is hold
    assert hold.until == date(2026, 12, 22)
    assert freeze(session, clock, debtor_id=debtor.id, kind="hardship", until=None).until is None


def test_a_hold_on_one_debt_leaves_the_others(session: Session, clock: FrozenClock) -> None:
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    one, other = cast.debt_of(session, debtor, creditor), cast.debt_of(session, debtor, creditor)
    freeze(session, clock, debtor_id=debtor.id, debt_id=one.id, kind="dispute")
    assert [hold.kind for hold in active_holds(session, clock, debtor.id, one.id)] == ["dispute"]
    assert active_holds(session, clock, debtor.id, other.id) == []
    freeze(session, clock, debtor_id=debtor.id, kind="distress")
    assert [hold.kind for hold in active_holds(session, clock, debtor.id, other.id)] == ["distress"]
    assert len(active_holds(session, clock, debtor.id)) == 2


def test_a_hold_ends_by_its_day_or_when_lifted(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    short = freeze(session, clock, debtor_id=debtor.id, kind="delay", until=date(2026, 11, 23))
    freeze(session, clock, debtor_id=debtor.id, kind="distress")
    clock.advance(timedelta(days=1))
    assert short in active_holds(session, clock, debtor.id)
    clock.advance(timedelta(days=1))
    (left,) = active_holds(session, clock, debtor.id)
    lift(session, clock, left, "an agent spoke with them")
    assert active_holds(session, clock, debtor.id) == []
    assert left.lifted_because


def test_references_are_found_as_people_type_them(session: Session) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), reference="EL-2026/001")
    assert debt_by_reference(session, "el 2026 001") == debt
    assert fold_reference("él-2026_001") == "EL2026001"
    cast.debt_of(session, cast.lucia(session), cast.gimnasio_norte(session), reference="EL2026001")
    assert debt_by_reference(session, "EL2026001") is None
    assert debt_by_reference(session, "EL2026001", debt.creditor) == debt
    assert debt_by_reference(session, "---") is None


def test_open_debts_are_the_oldest_first(session: Session) -> None:
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    newer = cast.debt_of(session, debtor, creditor)
    older = cast.debt_of(session, debtor, creditor, issued_on=date(2026, 1, 1), due_on=date(2026, 2, 1))
    cast.debt_of(session, debtor, creditor, state="settled")
    assert open_debts(session, debtor.id) == [older, newer]


def test_an_earlier_stop_of_interest_stays(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    stop_interest(session, clock, debt.debtor_id, date(2026, 10, 1), "admissible")
    stop_interest(session, clock, debt.debtor_id, date(2026, 11, 1), "judge")
    assert debt.interest_stops_on == date(2026, 10, 1)


def test_writing_off_the_rest_settles(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    write_off(session, clock, debt, Money(24_730), "settlement")
    assert debt.state == "settled"
    assert open_debts(session, debt.debtor_id) == []
