"""E-mail: out by SMTP, in by the mailbox provider's webhook, which posts each message as it is (message/rfc822).

Its calls carry `X-Timestamp` and `X-Signature`, the hexadecimal HMAC-SHA256 of `{timestamp}.{body}`. The one-click stop
of RFC 8058 comes from mailboxes themselves; its address is sealed by us.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import time
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

import aiosmtplib

from channels.contract import Capabilities, PermanentFailure, TemporaryFailure
from channels.email.composed import composed
from channels.email.told import mail_of, meaning_of
from channels.messages import Call, Event, Inbound, Media, Outbound, Receipt
from channels.settings import Given

OLDEST = 15 * 60  # seconds
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
    )

    def __init__(self, given: Given) -> None:
        self._host = given.needed("ENTENTE_SMTP_HOST", "where e-mails are handed in")
        self._port = int(given.number("ENTENTE_SMTP_PORT", 587))
        self._user, self._password = given.text("ENTENTE_SMTP_USER"), given.text("ENTENTE_SMTP_PASSWORD")
        self._tls = given.text("ENTENTE_SMTP_TLS", "starttls")  # starttls | tls | none
        self._sender = given.needed("ENTENTE_EMAIL_FROM", "the address answers come back to")
        self._name = given.text("ENTENTE_OPERATOR_NAME", "Entente")
        self._secret = given.needed(
            "ENTENTE_EMAIL_WEBHOOK_SECRET", "it signs incoming e-mails and seals one-click stops"
        ).encode()
        self._address = f"{given.public_url}/webhooks/email/inbound"

    def verify(self, call: Call) -> bool:
        if "stop" in call.query:
            asked = _sealed(call.query)
            return call.body.strip() == ONE_CLICK and hmac.compare_digest(
                self._seal(asked), call.query.get("seal", "").encode()
            )
        at, signature = call.headers.get("x-timestamp", ""), call.headers.get("x-signature", "")
        if not at.isdecimal() or abs(time.time() - int(at)) > OLDEST:
            return False
        return hmac.compare_digest(self._seal(f"{at}.".encode() + call.body), signature.lower().encode())

    def challenge(self, call: Call) -> str | None:
        return None

    def read(self, call: Call) -> Sequence[Event]:
        if "stop" in call.query:
            return [
                Event(
                    f"stop:{call.query['key']}",
                    call.query["stop"],
                    {"stop": call.query["stop"], "key": call.query["key"]},
                )
            ]
        mail = mail_of(call.body)
        return [Event(str(mail["Message-ID"]), str(mail["From"]), {"raw": base64.b64encode(call.body).decode()})]

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]:
        if "stop" in body:
            return [Inbound(body["stop"], f"stop:{body['key']}", "STOP")]
        return meaning_of(mail_of(base64.b64decode(body["raw"])))

    def answer(self) -> tuple[str, str]:
        return "", "text/plain"

    def took(self, inbound: Inbound) -> None:
        pass

    def send(self, outbound: Outbound) -> str:
        if not _ADDRESS.fullmatch(outbound.address):
            raise PermanentFailure("This is no e-mail address")
        asked = {"stop": outbound.address, "key": outbound.key}
        seal = self._seal(_sealed(asked)).decode()
        link = f"{self._address}?{urlencode({**asked, 'seal': seal})}"
        mail = composed(outbound, sender=self._sender, name=self._name, unsubscribe=link)
        self._hand_in(mail)
        return str(mail["Message-ID"])

    def fetch(self, media: Media) -> bytes:
        kind, _, content = (media.url or "").partition(",")
        if kind != "data:;base64":
            raise PermanentFailure("This file did not come with an e-mail")
        return base64.b64decode(content)

    def _hand_in(self, mail: EmailMessage) -> None:
        try:
            asyncio.run(self._smtp(mail))
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _failure(error.recipients[0].code) from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise TemporaryFailure("The mail server refuses our password") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(error.code) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TemporaryFailure(f"The mail server cannot be reached: {type(error).__name__}") from error

    async def _smtp(self, mail: EmailMessage) -> None:
        await aiosmtplib.send(
            mail,
            hostname=self._host,
            port=self._port,
            username=self._user or None,
            password=self._password or None,
            use_tls=self._tls == "tls",
            start_tls={"starttls": True, "tls": None, "none": False}.get(self._tls),
            timeout=20,
        )

    def _seal(self, said: bytes) -> bytes:
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest().encode()


def _sealed(query: Any) -> bytes:
    return f"stop\n{query.get('stop', '')}\n{query.get('key', '')}".encode()


def _failure(code: int) -> TemporaryFailure | PermanentFailure:
    told = f"The mail server answered {code}"
    return PermanentFailure(told) if 500 <= code < 600 else TemporaryFailure(told)
