"""Handing e-mails to a mail server, and what its refusals mean."""

from __future__ import annotations

import asyncio

import aiosmtplib

from channels.contract import PermanentFailure, TemporaryFailure
from channels.email.reports import ending_of
from channels.settings import Given


class Server:
    def __init__(self, given: Given) -> None:
        self._host = given.needed("ENTENTE_SMTP_HOST", "where e-mails are handed in")
        self._port = int(given.number("ENTENTE_SMTP_PORT", 587))
        self._user, self._password = given.text("ENTENTE_SMTP_USER"), given.text("ENTENTE_SMTP_PASSWORD")
        self._tls = given.text("ENTENTE_SMTP_TLS", "starttls")  # starttls | tls | none
        self._patience = given.patience

    def hand_in(self, content: bytes, sender: str, recipient: str) -> None:
        """Raises TemporaryFailure or PermanentFailure, nothing else."""
        try:
            asyncio.run(self._send(content, sender, recipient))
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            raise _failure(refused.code, refused.message) from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise TemporaryFailure("The mail server refuses our password") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(error.code, "") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TemporaryFailure(f"The mail server cannot be reached: {type(error).__name__}") from error

    async def _send(self, content: bytes, sender: str, recipient: str) -> None:
        await aiosmtplib.send(
            content,
            sender=sender,
            recipients=[recipient],
            hostname=self._host,
            port=self._port,
            username=self._user or None,
            password=self._password or None,
            use_tls=self._tls == "tls",
            start_tls={"starttls": True, "tls": None, "none": False}.get(self._tls),
            timeout=self._patience,
        )


def _failure(code: int, message: str) -> TemporaryFailure | PermanentFailure:
    """`message` is the refusal of one recipient; its enhanced status (RFC 3463) says whether anybody is there."""
    status = message.split(" ", 1)[0] if message else ""
    told = f"The mail server answered {code} {status}".strip()
    return PermanentFailure(told, ending_of(status)) if 500 <= code < 600 else TemporaryFailure(told)
