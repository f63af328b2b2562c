"""What mail systems report of our messages: not delivered (RFC 3464), or called unwanted (RFC 5965).

A report counts only where it brings back our own Message-ID, which nobody but its receiver has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_string
from email.message import EmailMessage, Message

from channels.messages import Ending, Receipt

# RFC 3463: no such mailbox, no such system, a bad address, moved, mailbox disabled. A full mailbox (2.2) passes.
_NOBODY_THERE = re.compile(r"5\.(?:1\.[1236]|1\.10|2\.1|4\.4)$")


def reports_in(mail: EmailMessage) -> Sequence[Receipt]:
    """Empty where it reports nothing that ended: a delay is not a failure."""
    ours = _our_message_id(mail)
    if not ours:
        return []
    if mail.get_param("report-type") == "feedback-report":
        return [Receipt(ours, "delivered", "called unwanted by its receiver", ending="stopped")]
    return [
        Receipt(ours, "failed", f"bounced {status}".strip(), ending=ending_of(status), again=status.startswith("4."))
        for status in _failed(mail)
    ][:1]


def ending_of(status: str) -> Ending | None:
    return "gone" if _NOBODY_THERE.match(status) else None


def _failed(mail: EmailMessage) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                    yield str(block.get("Status", "")).split(" ")[0].strip()


def _our_message_id(mail: EmailMessage) -> str | None:
    """That of the message it is about, which comes whole or as its headers alone."""
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "message/global"):
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                return _id_of(inner[0])
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            return _id_of(message_from_string(str(part.get_payload())))
    return None


def _id_of(message: Message) -> str | None:
    return str(message.get("Message-ID", "")).strip() or None
