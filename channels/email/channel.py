"""E-mail: out by SMTP; in from the mailbox itself (IMAP) or from a mail provider's webhook.

The one-click stop of RFC 8058 comes from mailboxes; its address is sealed by us.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from channels.contract import Capabilities, PermanentFailure
from channels.email.composed import composed
from channels.email.mailbox import Mailbox, unreadable
from channels.email.server import Server
from channels.email.signing import signer_from
from channels.email.thread import answered_key, tagged
from channels.email.told import mail_of, meaning_of, sender_of
from channels.email.webhook import has_password, is_signed, raw_of
from channels.messages import Call, Event, Inbound, Media, Outbound, Receipt
from channels.settings import Given

log = logging.getLogger(__name__)

TYPED = frozenset({"text"})
ONE_CLICK = b"List-Unsubscribe=One-Click"
_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9.-]{1,255}")


class EmailChannel:
    name = "email"
    source = "email/inbound"
    capabilities = Capabilities(
        buttons=0,
        media=frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"}),
        longest=100_000,
        window_hours=None,
        templates=False,
        cost_unit="none",
        starts=True,
        largest_call=32 * 1024 * 1024,
    )

    def __init__(self, given: Given) -> None:
        self._server = Server(given)
        self._sender = given.needed("ENTENTE_EMAIL_FROM", "the address answers come back to")
        self._name = given.text("ENTENTE_OPERATOR_NAME", "Entente")
        self._secret = given.needed(
            "ENTENTE_EMAIL_WEBHOOK_SECRET", "it signs incoming e-mails, seals answers' addresses and one-click stops"
        ).encode()
        self._password = given.text("ENTENTE_EMAIL_WEBHOOK_PASSWORD")
        self._tags_answers = given.on("ENTENTE_EMAIL_PLUS_ADDRESSES")
        self._checked_by = given.text("ENTENTE_EMAIL_CHECKED_BY")
        self._signer = signer_from(given, self._sender)
        self._mailbox = Mailbox(given) if given.text("ENTENTE_IMAP_HOST") else None
        self._address = f"{given.public_url}/webhooks/email/inbound"

    def verify(self, call: Call) -> bool:
        if "stop" in call.query:
            asked = _sealed(call.query)
            return call.body.strip() == ONE_CLICK and hmac.compare_digest(
                self._seal(asked), call.query.get("seal", "").encode()
            )
        return is_signed(call, self._secret) or has_password(call, self._password)

    def challenge(self, call: Call) -> str | None:
        return None

    def read(self, call: Call) -> Sequence[Event]:
        if "stop" in call.query:
            said = {"stop": call.query["stop"], "key": call.query.get("key", "")}
            return [Event(f"stop:{said['key']}", said["stop"], said)]
        return [self._event(mail_of(raw_of(call)))]

    def collect(self, place: Mapping[str, Any]) -> Iterator[tuple[Event | None, dict[str, Any]]]:
        if not self._mailbox:
            return
        for uid, content, there in self._mailbox.after(place):
            yield (self._collected(uid, content, there) if uid else None), there

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]:
        if "stop" in body:
            return [Inbound(body["stop"], f"stop:{body['key']}", "STOP")]
        return [*map(_inbound, body.get("messages", ())), *(Receipt(**told) for told in body.get("receipts", ()))]

    def answer(self) -> tuple[str, str]:
        return "", "text/plain"

    def took(self, inbound: Inbound) -> None:
        pass

    def send(self, outbound: Outbound) -> str:
        if not _ADDRESS.fullmatch(outbound.address):
            raise PermanentFailure("This is no e-mail address")
        mail = composed(
            outbound, sender=self._sender, name=self._name, unsubscribe=self._stop_link(outbound),
            reply_to=tagged(self._sender, outbound.key, self._secret) if self._tags_answers else None,
        )  # fmt: skip
        self._server.hand_in(self._content(mail), self._sender, outbound.address)
        return str(mail["Message-ID"])

    def fetch(self, media: Media) -> bytes:
        kind, _, content = (media.url or "").partition(",")
        if kind != "data:;base64":
            raise PermanentFailure("This file did not come with an e-mail")
        return base64.b64decode(content)

    def _collected(self, uid: int, content: bytes, place: Mapping[str, Any]) -> Event:
        """What cannot be read is kept under its number, and the next one comes."""
        try:
            return self._event(mail_of(content))
        except ValueError as error:
            return unreadable(uid, content, place, str(error))

    def _event(self, mail: EmailMessage) -> Event:
        """What it means is kept, not the e-mail itself: a card's number written in it must be masked before."""
        key, sender = str(mail["Message-ID"]), sender_of(mail)
        try:
            means = meaning_of(mail, answered_key(mail, self._sender, self._secret), self._checked_by)
        except Exception:  # the standard parser has failed in ways of its own; its sender is told, the next one comes
            log.exception("E-mail %s cannot be read", key)
            means = [Inbound(sender, key, unread=True)]
        messages = [asdict(told) for told in means if isinstance(told, Inbound)]
        receipts = [asdict(told) for told in means if isinstance(told, Receipt)]
        return Event(key, sender, {"messages": messages, "receipts": receipts}, TYPED)

    def _content(self, mail: EmailMessage) -> bytes:
        return self._signer.signed(mail) if self._signer else mail.as_bytes()

    def _stop_link(self, outbound: Outbound) -> str:
        asked = {"stop": outbound.address, "key": outbound.key}
        return f"{self._address}?{urlencode({**asked, 'seal': self._seal(_sealed(asked)).decode()})}"

    def _seal(self, said: bytes) -> bytes:
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest().encode()


def _inbound(told: dict[str, Any]) -> Inbound:
    return Inbound(**{**told, "media": tuple(Media(**media) for media in told["media"])})


def _sealed(query: Any) -> bytes:
    return f"stop\n{query.get('stop', '')}\n{query.get('key', '')}".encode()
