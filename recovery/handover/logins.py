"""The people of the desk: added by name, known by their password, and by a random token while they are logged in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.errors import Invalid, Refusal
from recovery.handover.records import DeskSession, DeskUser

ROLES = ("agent", "supervisor")
LANGUAGES = ("fr", "es")
SHORTEST_PASSWORD = 10
ATTEMPTS = 5  # wrong passwords before one has to wait
WAIT = timedelta(minutes=5)
IDLE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)  # a session's last use is written no more often


class BadUser(Invalid):
    kind = "bad-desk-user"


class WaitBeforeLogin(Refusal):
    status = 429
    kind = "wait-before-login"

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many wrong passwords; wait a few minutes.")
        self.until = until


@dataclass(frozen=True)
class LoggedIn:
    """`token` goes into the cookie and is kept nowhere else."""

    user: DeskUser
    token: str


def add_user(
    session: Session,
    clock: Clock,
    *,
    email: str,
    name: str,
    password: str,
    role: str = "agent",
    language: str = "fr",
    time_zone: str = "Europe/Paris",
) -> DeskUser:
    """A new person, or the same address with a new name, role and password. Raises BadUser."""
    _check(email, name, password, role, language)
    user = _by_email(session, email)
    if user is None:
        user = DeskUser(email=email.strip().lower(), created_at=clock.now(), failed_logins=0, active=True)
        session.add(user)
    user.name, user.role, user.language, user.time_zone = name.strip(), role, language, time_zone
    user.password_hash, user.active, user.failed_logins, user.locked_until = _hasher().hash(password), True, 0, None
    session.flush()
    session.execute(delete(DeskSession).where(DeskSession.user_id == user.id))  # a new password ends the old logins
    record_act(session, clock, "system", "desk_user.set", f"desk_user:{user.id}", role=role)
    return user


def log_in(session: Session, clock: Clock, email: str, password: str) -> LoggedIn | None:
    """None where the address or the password is wrong, told apart by nothing, not even by the time it takes.

    Raises WaitBeforeLogin. A failure is counted: the caller commits.
    """
    user = _by_email(session, email, for_update=True)
    if user and user.locked_until and user.locked_until > clock.now():
        raise WaitBeforeLogin(user.locked_until)
    right = _matches(user.password_hash if user and user.active else _nobody(), password)
    if not user or not user.active or not right:
        if user:
            _count_failure(session, clock, user)
        return None
    user.failed_logins, user.locked_until = 0, None
    if _hasher().check_needs_rehash(user.password_hash):
        user.password_hash = _hasher().hash(password)
    record_act(session, clock, f"agent:{user.id}", "desk.logged_in", f"desk_user:{user.id}")
    return LoggedIn(user, _open_session(session, clock, user))


def who_is(session: Session, clock: Clock, token: str, *, in_use: bool = True) -> tuple[DeskUser, DeskSession] | None:
    """`in_use`: a person did something; a page that looks by itself keeps nobody logged in."""
    kept = session.get(DeskSession, _hash_of(token))
    if kept is None or kept.expires_at <= clock.now():
        return None
    user = session.get_one(DeskUser, kept.user_id)
    if not user.active:
        return None
    if in_use and clock.now() - kept.seen_at >= SEEN_EVERY:
        kept.seen_at, kept.expires_at = clock.now(), clock.now() + IDLE
    return user, kept


def log_out(session: Session, token: str) -> None:
    session.execute(delete(DeskSession).where(DeskSession.token_sha256 == _hash_of(token)))


def _open_session(session: Session, clock: Clock, user: DeskUser) -> str:
    session.execute(delete(DeskSession).where(DeskSession.expires_at <= clock.now()))
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(
        DeskSession(
            token_sha256=_hash_of(token),
            user_id=user.id,
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            seen_at=now,
            expires_at=now + IDLE,
        )
    )
    session.flush()
    return token


def _count_failure(session: Session, clock: Clock, user: DeskUser) -> None:
    user.failed_logins += 1
    if user.failed_logins % ATTEMPTS == 0:
        user.locked_until = clock.now() + WAIT
        record_act(session, clock, "system", "desk_user.locked", f"desk_user:{user.id}", failures=user.failed_logins)


def _check(email: str, name: str, password: str, role: str, language: str) -> None:
    if "@" not in email or not name.strip():
        raise BadUser("A person of the desk needs a name and an e-mail address.")
    if len(password) < SHORTEST_PASSWORD:
        raise BadUser(f"A password has {SHORTEST_PASSWORD} characters at least.")
    if role not in ROLES or language not in LANGUAGES:
        raise BadUser(f"Roles are {', '.join(ROLES)}; languages are {', '.join(LANGUAGES)}.")


def _by_email(session: Session, email: str, *, for_update: bool = False) -> DeskUser | None:
    wanted = select(DeskUser).where(func.lower(DeskUser.email) == email.strip().lower())
    return session.scalar(wanted.with_for_update() if for_update else wanted)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Checked for addresses nobody has, so that they answer as slowly as the others."""
    return _hasher().hash(secrets.token_urlsafe(16))
