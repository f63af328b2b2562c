"""A mail server on loopback, strict: bare line ends, missing headers and unknown people are refused."""

from __future__ import annotations

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.fakes.weather import Weather

NEEDED = ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


class FakeSmtp:
    """`fail`: the next e-mail gets a passing refusal; `down`: every one does; `unknown`: addresses nobody has;
    `refusals`: what the server says to one address; `contents`: e-mails byte for byte.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.failing = 0
        self.down = False
        self.takes = 0.0
        self.weather = Weather()
        self.unknown: set[str] = set()
        self.refusals: dict[str, str] = {}
        self.contents: list[bytes] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def sent(self) -> list[str]:
        return [str(mail.get_body(("plain",)).get_content()) for mail in self.mails]  # type: ignore[union-attr]

    def fail(self, status: int, retry_after: str | None = None) -> None:
        self.failing += 1

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.refusals:
            return self.refusals[address]
        if address in self.unknown:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.takes + self.weather.delay())
        if self.down or self.failing:
            self.failing = max(0, self.failing - 1)
            return "451 4.3.0 Try again later"
        if trouble := self.weather.next():
            return "421 4.7.0 Too many messages" if trouble == 429 else "451 4.3.0 Try again later"
        mail = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if missing := [name for name in NEEDED if not mail[name]]:
            return f"554 5.6.0 Missing {missing}"
        self.mails.append(mail)
        self.contents.append(bytes(envelope.content or b""))
        return "250 2.0.0 Queued"
