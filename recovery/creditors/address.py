"""Where a creditor's own system is told, and the key that signs what it is told."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.debts.records import Creditor
from recovery.errors import Invalid
from recovery.settings import settings

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadNoticeAddress(Invalid):
    kind = "bad-notice-address"

    def __init__(self) -> None:
        super().__init__("notify_url is an https address without a password in it (http on this machine alone).")


def checked_address(url: str) -> str:
    """Raises BadNoticeAddress. What is told is personal data: it travels encrypted."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadNoticeAddress from None
    plain_here = parts.scheme == "http" and host in LOOPBACK
    if not host or parts.username or parts.password or not (parts.scheme == "https" or plain_here):
        raise BadNoticeAddress
    return url


def tell_at(session: Session, clock: Clock, creditor: Creditor, url: str | None) -> None:
    """From now on news of this creditor's debts goes there; None: nowhere. Raises BadNoticeAddress."""
    creditor.notify_url = checked_address(url) if url else None
    session.flush()
    record_act(session, clock, "api", "creditor.told_at", f"creditor:{creditor.id}", url=creditor.notify_url)


def signing_key(creditor: Creditor) -> str:
    """The creditor's own key, hexadecimal: drawn from ENTENTE_SECRET_KEY, so that it is kept nowhere. It changes with it."""
    secret = settings().secret_key.encode()
    return hmac.new(secret, b"creditor-notices:" + creditor.id.bytes, hashlib.sha256).hexdigest()
