"""What is owed on a day, and only what the law of the country gives."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from recovery.debts.balance import balance_on
from recovery.money import Money
from tests import cast

TODAY = date(2026, 11, 22)


def test_a_french_consumer_owes_the_principal_alone(session: Session) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    balance = balance_on(session, debt, TODAY)
    assert (balance.principal, balance.due, balance.as_of) == (Money(24730), Money(24730), TODAY)
    assert not balance.interest
    assert not balance.indemnity
    assert not balance.paid


def test_a_spanish_consumer_owes_the_principal_alone(session: Session) -> None:
    debt = cast.debt_of(session, cast.lucia(session), cast.gimnasio_norte(session), 18050)
    assert balance_on(session, debt, TODAY).due == Money(18050)


def test_a_mise_en_demeure_starts_interest_at_the_companys_legal_rate(session: Session) -> None:
    debt = cast.debt_of(
        session,
        cast.camille(session),
        cast.energie_du_lac(session),
        100_000,
        issued_on=date(2026, 1, 2),
        due_on=date(2026, 2, 1),
        demanded_on=date(2026, 3, 1),
    )
    # 2 to 31 March: 30 days at 2.62 % on 1 000.00 = 2.1534
    assert balance_on(session, debt, date(2026, 3, 31)).interest == Money(215)
    line = balance_on(session, debt, date(2026, 3, 31)).interest_lines[0]
    assert (line.first, line.basis_points) == (date(2026, 3, 2), 262)


def test_a_semester_without_a_known_rate_claims_nothing(session: Session) -> None:
    debt = cast.debt_of(
        session,
        cast.garage_morel(session),
        cast.energie_du_lac(session),
        125_000,
        issued_on=date(2026, 5, 1),
        due_on=date(2026, 6, 20),
    )
    at_the_end_of_june = balance_on(session, debt, date(2026, 6, 30)).interest
    assert at_the_end_of_june == Money(416)  # 10 days at 12.15 % on 1 250.00 = 4.1610
    assert balance_on(session, debt, TODAY).interest == at_the_end_of_june


def test_a_business_owes_the_indemnity_once_it_is_late(session: Session) -> None:
    debt = cast.debt_of(session, cast.garage_morel(session), cast.energie_du_lac(session), 125_000)
    assert not balance_on(session, debt, date(2026, 9, 20)).indemnity
    assert balance_on(session, debt, date(2026, 9, 21)).indemnity == Money(4000)
    assert balance_on(session, debt, TODAY).due == Money(129_000)


def test_a_spanish_business_owes_the_rate_of_the_law_on_late_payment(session: Session) -> None:
    debt = cast.debt_of(
        session,
        cast.talleres_vega(session),
        cast.cartera_ebro(session),
        125_000,
        issued_on=date(2026, 1, 1),
        due_on=date(2026, 1, 31),
    )
    # February: 28 days at 10.15 % on 1 250.00 = 9.7329
    assert balance_on(session, debt, date(2026, 2, 28)).interest == Money(973)


def test_a_contract_rate_below_the_floor_gives_way_to_the_legal_one(session: Session) -> None:
    low = cast.debt_of(
        session,
        cast.garage_morel(session),
        cast.energie_du_lac(session),
        125_000,
        issued_on=date(2026, 1, 1),
        due_on=date(2026, 1, 31),
        contract_rate_bp=500,
    )
    high = cast.debt_of(
        session,
        low.debtor,
        low.creditor,
        125_000,
        issued_on=date(2026, 1, 1),
        due_on=date(2026, 1, 31),
        contract_rate_bp=900,
    )
    assert balance_on(session, low, date(2026, 2, 28)).interest_lines[0].basis_points == 1215
    assert balance_on(session, high, date(2026, 2, 28)).interest_lines[0].basis_points == 900


def test_interest_stops_at_admissibility(session: Session) -> None:
    debt = cast.debt_of(
        session,
        cast.camille(session),
        cast.energie_du_lac(session),
        100_000,
        issued_on=date(2026, 1, 2),
        due_on=date(2026, 2, 1),
        demanded_on=date(2026, 3, 1),
        interest_stops_on=date(2026, 3, 11),
    )
    stopped = balance_on(session, debt, date(2026, 3, 10)).interest
    assert stopped == Money(65)  # 9 days at 2.62 % on 1 000.00 = 0.6460
    assert balance_on(session, debt, date(2026, 6, 30)).interest == stopped


def test_a_balance_as_it_was_known_then(session: Session) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    assert balance_on(session, debt, TODAY, known_at=cast.THEN).due == Money(24730)
    assert balance_on(session, debt, TODAY, known_at=cast.THEN.replace(year=2025)).due == Money(0)
