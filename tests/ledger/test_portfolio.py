"""The demo holds every state a debt can be in, and loads once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.portfolio.load import load_portfolio
from recovery.audit import first_broken_line
from recovery.clock import FrozenClock, local_day
from recovery.debts.balance import balance_on
from recovery.debts.records import Creditor, Debt, Entry, Hold
from recovery.disputes.records import Dispute
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.plans.records import Plan, Promise
from recovery.settings import settings
from recovery.store import transaction


def test_the_portfolio(database: str, clock: FrozenClock, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("ENTENTE_SECRET_KEY", "a-secret-key-for-the-tests-alone-0123456789")
    monkeypatch.setenv("ENTENTE_API_TOKEN", "a-service-token")
    settings.cache_clear()
    shown = load_portfolio(database, clock)
    assert len(shown) == 40
    assert Counter(person["country"] for person in shown) == {"FR": 22, "ES": 18}
    with transaction(database) as session:
        entries = session.scalar(select(func.count()).select_from(Entry))
        assert {c.role for c in session.scalars(select(Creditor))} == {
            "own_creditor",
            "mandated_collector",
            "purchaser",
        }
        debts = list(session.scalars(select(Debt)))
        assert {debt.state for debt in debts} == {"open", "settled", "time_barred"}
        assert {p.state for p in session.scalars(select(Promise))} == {"open", "kept", "broken"}
        assert {p.state for p in session.scalars(select(Plan))} == {"active"}
        assert {h.kind for h in session.scalars(select(Hold))} == {
            "dispute",
            "hardship",
            "overindebtedness",
            "deceased",
            "time_barred",
        }
        assert session.scalar(select(func.count()).select_from(Dispute)) == 2
        assert {h.reason for h in session.scalars(select(Handover))} == {"dispute", "hardship", "human_asked"}
        business = [debt for debt in debts if debt.debtor.kind == "business"]
        for debt in business:
            balance = balance_on(session, debt, local_day(clock, debt.debtor.time_zone))
            assert balance.interest.cents > 0
            assert balance.indemnity.cents == 4000
        assert all(d.letter_ref for d in debts if d.creditor.role == "mandated_collector")
        assert all(d.assignor for d in debts if d.creditor.role == "purchaser")
        assert any(d.hardship_kind for d in session.scalars(select(Debtor)))
        assert first_broken_line(session) is None
    assert load_portfolio(database, clock) == shown
    with transaction(database) as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == entries
    settings.cache_clear()


@pytest.mark.parametrize("hour", [0, 5, 20, 22, 23])
def test_it_loads_at_any_hour(database: str, clock: FrozenClock, monkeypatch, hour: int) -> None:  # type: ignore[no-untyped-def]
    """On Réunion it is tomorrow from eight in the evening on, and on Martinique still yesterday at four in the morning."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("ENTENTE_SECRET_KEY", "a-secret-key-for-the-tests-alone-0123456789")
    monkeypatch.setenv("ENTENTE_API_TOKEN", "a-service-token")
    settings.cache_clear()
    midnight = clock.now().replace(hour=0, minute=30)
    assert len(load_portfolio(database, FrozenClock(midnight + timedelta(hours=hour)))) == 40
    settings.cache_clear()
