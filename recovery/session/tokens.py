"""Signed tokens: who holds one may go on with its conversation. Forged, cut or expired ones open nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.errors import Refusal
from recovery.session.records import Conversation, UsedLink
from recovery.settings import settings

LINK_HOURS = 72  # CH-10, token_ttl_h
FILE_HOURS = 24
START_BYTES = 28  # debtor, until when, a number
SEAL_BYTES = 16


class NotYours(Refusal):
    status = 401
    kind = "no-session"

    def __init__(self, detail: str = "This session token is missing, forged or expired; open a new session.") -> None:
        super().__init__(detail)


@dataclass(frozen=True)
class Link:
    """What a signed link proves: whom it was sent to."""

    number: str
    debtor_id: uuid.UUID


def session_token(clock: Clock, conversation_id: uuid.UUID) -> str:
    return _sign("session", clock, timedelta(days=settings().session_token_days), c=conversation_id.hex)


def conversation_of(clock: Clock, token: str) -> uuid.UUID:
    """Raises NotYours."""
    return uuid.UUID(hex=_read("session", clock, token)["c"])


def link_token(clock: Clock, debtor_id: uuid.UUID) -> str:
    """For a message on an address of this debtor: one fact of identity, once (design: identity)."""
    return _sign("link", clock, timedelta(hours=LINK_HOURS), d=debtor_id.hex, n=secrets.token_urlsafe(12))


def start_token(clock: Clock, debtor_id: uuid.UUID) -> str:
    """The same in the 64 plain characters that Telegram's deep links take (`t.me/<bot>?start=…`)."""
    until = int((clock.now() + timedelta(hours=LINK_HOURS)).timestamp())
    said = debtor_id.bytes + until.to_bytes(4) + secrets.token_bytes(8)
    return urlsafe_b64encode(said + _seal(said)).decode().rstrip("=")


def read_link(clock: Clock, token: str) -> Link:
    """Raises NotYours."""
    if "." not in token:
        return _read_start(clock, token)
    said = _read("link", clock, token)
    return Link(said["n"], uuid.UUID(hex=said["d"]))


def use_link(session: Session, clock: Clock, link: Link, conversation: Conversation) -> None:
    """A link works once. Raises NotYours the second time."""
    first = insert(UsedLink).values(number=link.number, conversation_id=conversation.id, used_at=clock.now())
    if not session.execute(first.on_conflict_do_nothing().returning(UsedLink.number)).first():
        raise NotYours("This link has been used already; it works once.")


def was_used(session: Session, link: Link) -> bool:
    return session.scalar(select(UsedLink.number).where(UsedLink.number == link.number)) is not None


def file_token(clock: Clock, attachment_id: uuid.UUID) -> str:
    """Goes in an address, where no header can: reads one file, for a day."""
    return _sign("file", clock, timedelta(hours=FILE_HOURS), a=attachment_id.hex)


def opens_file(clock: Clock, token: str, attachment_id: uuid.UUID) -> bool:
    try:
        return bool(_read("file", clock, token)["a"] == attachment_id.hex)
    except NotYours:
        return False


def _read_start(clock: Clock, token: str) -> Link:
    try:
        content = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError as error:
        raise NotYours() from error
    said, seal = content[:-SEAL_BYTES], content[-SEAL_BYTES:]
    if len(said) != START_BYTES or not hmac.compare_digest(seal, _seal(said)):
        raise NotYours()
    if int.from_bytes(said[16:20]) < clock.now().timestamp():
        raise NotYours()
    return Link(said[20:].hex(), uuid.UUID(bytes=said[:16]))


def _seal(said: bytes) -> bytes:
    key = f"entente.start:{settings().secret_key}".encode()
    return hmac.new(key, said, hashlib.sha256).digest()[:SEAL_BYTES]


def _sign(kind: str, clock: Clock, lasts: timedelta, **said: str) -> str:
    return str(_signer(kind).dumps({**said, "until": int((clock.now() + lasts).timestamp())}))


def _read(kind: str, clock: Clock, token: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = _signer(kind).loads(token)
    except BadSignature as error:
        raise NotYours() from error
    if said["until"] < clock.now().timestamp():
        raise NotYours()
    return said


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt=f"entente.{kind}")
