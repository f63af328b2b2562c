"""The demonstration's logins: the same at each start, refused in production."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.desk.demo_users import NotInProduction, load_demo_users
from recovery.clock import FrozenClock
from recovery.handover.logins import log_in
from recovery.settings import settings
from tests.fakes.surroundings import surround


def test_the_demonstration_has_an_agent_and_a_supervisor(
    session: Session, clock: FrozenClock, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    surround(monkeypatch, database_url, tmp_path)
    users = load_demo_users(session, clock)
    assert load_demo_users(session, clock) == users
    assert {user["role"] for user in users} == {"agent", "supervisor"}
    assert log_in(session, clock, users[0]["email"], users[0]["password"])
    monkeypatch.setenv("ENTENTE_ENV", "production")
    monkeypatch.setenv("ENTENTE_API_TOKEN", "a-service-token-long-enough-for-production")
    monkeypatch.delenv("ENTENTE_CLOCK")
    settings.cache_clear()
    with pytest.raises(NotInProduction):
        load_demo_users(session, clock)
    settings.cache_clear()
