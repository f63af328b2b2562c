"""A real worker tells a creditor's system what happened, and runs everything that stands in the timetable for the night."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from recovery.clock import FrozenClock
from recovery.creditors.address import signing_key, tell_at
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.store import transaction
from tests import cast
from tests.fakes.fake_creditor_system import FakeCreditorSystem
from tests.worker.conftest import Service

RUN = (
    "select procrastinate_defer_jobs_v1(array[row('timetable', %s, 0, null, null,"
    " '{\"timestamp\": 0}'::jsonb, null)::procrastinate_job_to_defer_v1])"
)
WAITING = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
FAILED = "select task_name from procrastinate_jobs where status = 'failed' or attempts > 0"
AT_NIGHT = (
    "bar_old_debts", "expire_offers", "break_overdue_promises", "follow_late_instalments", "send_reminders", "seal_closed_cases",
    "destroy_what_is_over", "erase_health_words", "give_back_unanswered", "note_news",
)  # fmt: skip


@pytest.fixture
def system() -> Iterator[FakeCreditorSystem]:
    with FakeCreditorSystem() as running:
        yield running


def test_a_payment_is_told_within_the_minute_and_again_after_trouble(
    service: Service, database_url: str, system: FakeCreditorSystem, clock: FrozenClock, surroundings: None
) -> None:
    with transaction(database_url) as session:
        creditor = cast.cabinet_berthier(session)
        tell_at(session, clock, creditor, system.address)
        system.key = signing_key(creditor)
        debt = cast.debt_of(session, cast.camille(session), creditor)
        record_payment(session, clock, debt, Money(5_000), clock.now().date(), "card", "P-1")
    system.fail(503, "1")
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(RUN, ("note_news",))
        _until(lambda: bool(system.told))
    (told,) = system.told.values()
    assert (told["event"], told["facts"]["amount_cents"]) == ("payment.recorded", 5_000)


@pytest.mark.parametrize("task", AT_NIGHT)
def test_what_the_night_does_runs(service: Service, database_url: str, task: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(RUN, (task,))
        _until(lambda: database.execute(WAITING).fetchone() == (0,))
        assert database.execute(FAILED).fetchall() == []


def _until(met: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not met():
        assert time.monotonic() < until, "still not"
        time.sleep(0.1)
