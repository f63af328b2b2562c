"""Logins: argon2, five tries, a token of which only the hash is kept, eight idle hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.handover.logins import BadUser, WaitBeforeLogin, add_user, log_in, log_out, who_is
from recovery.handover.records import DeskSession, DeskUser

PASSWORD = "une longue phrase"


def sophie(session: Session, clock: FrozenClock, **changes: str) -> DeskUser:
    facts = {"email": "sophie@desk.example", "name": "Sophie Laurent", "password": PASSWORD, **changes}
    return add_user(session, clock, **facts)


def test_a_login_gives_a_token_and_keeps_its_hash_alone(session: Session, clock: FrozenClock) -> None:
    user = sophie(session, clock)
    assert user.password_hash.startswith("$argon2id$")
    logged = log_in(session, clock, " Sophie@Desk.Example ", PASSWORD)
    assert logged
    assert who_is(session, clock, logged.token)[0] is user
    kept = session.scalars(select(DeskSession).where(DeskSession.user_id == user.id)).one()
    assert logged.token not in (kept.token_sha256, kept.csrf)
    assert len(kept.token_sha256) == 64
    log_out(session, logged.token)
    assert who_is(session, clock, logged.token) is None


def test_eight_idle_hours_end_it_and_use_prolongs_it(session: Session, clock: FrozenClock) -> None:
    sophie(session, clock)
    token = log_in(session, clock, "sophie@desk.example", PASSWORD).token  # type: ignore[union-attr]
    clock.advance(timedelta(hours=7))
    assert who_is(session, clock, token)
    clock.advance(timedelta(hours=7))
    assert who_is(session, clock, token, in_use=False)  # a page that looks by itself prolongs nothing
    clock.advance(timedelta(hours=2))
    assert who_is(session, clock, token) is None


def test_five_wrong_passwords_then_wait(session: Session, clock: FrozenClock) -> None:
    sophie(session, clock)
    for _ in range(5):
        assert log_in(session, clock, "sophie@desk.example", "wrong password") is None
    with pytest.raises(WaitBeforeLogin):
        log_in(session, clock, "sophie@desk.example", PASSWORD)
    clock.advance(timedelta(minutes=5, seconds=1))
    assert log_in(session, clock, "sophie@desk.example", PASSWORD)


def test_nobody_and_the_inactive_are_told_apart_by_nothing(session: Session, clock: FrozenClock) -> None:
    sophie(session, clock).active = False
    assert log_in(session, clock, "sophie@desk.example", PASSWORD) is None
    assert log_in(session, clock, "nobody@desk.example", PASSWORD) is None


def test_a_new_password_ends_the_old_logins(session: Session, clock: FrozenClock) -> None:
    sophie(session, clock)
    token = log_in(session, clock, "sophie@desk.example", PASSWORD).token  # type: ignore[union-attr]
    sophie(session, clock, password="une autre phrase")
    assert who_is(session, clock, token) is None


@pytest.mark.parametrize(
    "bad", [{"email": "sophie"}, {"name": " "}, {"password": "short"}, {"role": "chief"}, {"language": "en"}]
)
def test_who_cannot_be_added(session: Session, clock: FrozenClock, bad: dict[str, str]) -> None:
    with pytest.raises(BadUser):
        sophie(session, clock, **bad)
