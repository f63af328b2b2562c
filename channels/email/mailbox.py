"""A mailbox read by IMAP: nothing is changed in it, and how far it was read is known by its own numbers (RFC 3501, UID)."""

from __future__ import annotations

import base64
import hashlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.contract import TemporaryFailure
from channels.messages import Event
from channels.settings import Given

DAYS_BACK = 3
MOST_AT_ONCE = 50  # messages of one look; the next look goes on
LARGEST = 30 * 1024 * 1024  # bytes
TIMEOUT = 30.0


class Mailbox:
    def __init__(self, given: Given) -> None:
        self._host = given.text("ENTENTE_IMAP_HOST")
        self._tls = given.text("ENTENTE_IMAP_TLS", "tls")  # tls | starttls | none
        self._port = int(given.number("ENTENTE_IMAP_PORT", 993 if self._tls == "tls" else 143))
        self._user = given.needed("ENTENTE_IMAP_USER", "whose mailbox is read")
        self._password = given.needed("ENTENTE_IMAP_PASSWORD", "it opens the mailbox")
        self._folder = given.text("ENTENTE_IMAP_FOLDER", "INBOX")

    def after(self, place: Mapping[str, Any]) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
        """Each message's number, content (empty: too large) and place, oldest first. Raises TemporaryFailure.

        The first look begins with what comes from then on: an old mailbox is not answered letter by letter. A mailbox
        that was made anew (another UIDVALIDITY) is read some days back; its messages are known by their own ids.
        """
        with self._opened() as box:
            validity, following = _numbers(box, self._folder)
            if not place:
                yield 0, b"", {"validity": validity, "uid": following - 1}
                return
            known = place.get("validity") == validity
            numbers = _numbered_after(box, int(place["uid"])) if known else _lately_numbered(box)
            for uid in numbers[:MOST_AT_ONCE]:
                yield uid, _content(box, uid), {"validity": validity, "uid": uid}

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            box = self._connected()
            try:
                box.login(self._user, self._password)
                yield box
            finally:
                with suppress(imaplib.IMAP4.error, OSError):
                    box.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            raise TemporaryFailure(f"The mailbox cannot be read: {type(error).__name__}") from error

    def _connected(self) -> imaplib.IMAP4:
        if self._tls == "tls":
            return imaplib.IMAP4_SSL(self._host, self._port, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
        box = imaplib.IMAP4(self._host, self._port, timeout=TIMEOUT)
        if self._tls == "starttls":
            box.starttls(ssl.create_default_context())
        return box


def unreadable(uid: int, content: bytes, place: Mapping[str, Any], why: str) -> Event:
    """Kept under its number, for a person to look at."""
    key = f"imap:{place['validity']}:{uid}:{hashlib.sha256(content).hexdigest()[:16]}"
    return Event(key, "unreadable", {"unreadable": why, "raw": base64.b64encode(content).decode()})


def _numbers(box: imaplib.IMAP4, folder: str) -> tuple[int, int]:
    status, told = box.status(f'"{folder}"', "(UIDVALIDITY UIDNEXT)")
    found = {name: int(value) for name, value in re.findall(r"(UIDVALIDITY|UIDNEXT) (\d+)", str(told))}
    if status != "OK" or len(found) != 2:
        raise imaplib.IMAP4.error(f"no folder {folder}")
    opened, _ = box.select(f'"{folder}"', readonly=True)
    if opened != "OK":
        raise imaplib.IMAP4.error(f"folder {folder} cannot be read")
    return found["UIDVALIDITY"], found["UIDNEXT"]


def _numbered_after(box: imaplib.IMAP4, last: int) -> list[int]:
    _, told = box.uid("SEARCH", "UID", f"{last + 1}:*")
    numbers = sorted(int(number) for number in (told[0] or b"").split())
    return [number for number in numbers if number > last]  # `*` always names the last one, however old


def _lately_numbered(box: imaplib.IMAP4) -> list[int]:
    since = (datetime.now(UTC) - timedelta(days=DAYS_BACK)).strftime("%d-%b-%Y")
    _, told = box.uid("SEARCH", "SINCE", since)
    return sorted(int(number) for number in (told[0] or b"").split())


def _content(box: imaplib.IMAP4, uid: int) -> bytes:
    """Without marking it as read. Empty where it is too large, or was deleted meanwhile."""
    _, told = box.uid("FETCH", str(uid), "(RFC822.SIZE)")
    size = re.search(r"RFC822\.SIZE (\d+)", str(told))
    if not size or int(size[1]) > LARGEST:
        return b""
    _, told = box.uid("FETCH", str(uid), "(BODY.PEEK[])")
    return next((part[1] for part in told if isinstance(part, tuple)), b"")
