"""What an e-mail that came in means: an answer without what it quotes, a bounce, or a machine's word that needs none."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache

from channels.email.composed import words
from channels.messages import Inbound, Media, Receipt

_TAG = re.compile(r"<(?:style|script)[^>]*>.*?</(?:style|script)>|<[^>]+>", re.S | re.I)


def mail_of(content: bytes) -> EmailMessage:
    """Raises ValueError."""
    mail = message_from_bytes(content, policy=policy.default)
    if not isinstance(mail, EmailMessage) or not mail["Message-ID"] or "@" not in parseaddr(str(mail["From"]))[1]:
        raise ValueError("an e-mail with its sender and Message-ID was expected")
    return mail


def meaning_of(mail: EmailMessage) -> Sequence[Inbound | Receipt]:
    if mail.get_content_type() == "multipart/report":
        return _bounce(mail)
    if str(mail.get("Auto-Submitted", "no")).lower() != "no" or mail.get("Precedence", "").lower() in (
        "bulk",
        "list",
        "junk",
    ):
        return []  # out of office, lists: two machines would answer each other for ever
    address = parseaddr(str(mail["From"]))[1].lower()
    text, media = _text(mail), _media(mail)
    said = text or str(mail.get("Subject", ""))
    return [Inbound(address, str(mail["Message-ID"]), said, media=media, to=parseaddr(str(mail.get("To", "")))[1])]


def _bounce(mail: EmailMessage) -> Sequence[Receipt]:
    told = mail.as_bytes().decode("utf-8", "replace")
    ours = re.findall(r"^Message-ID:\s*(<[^>]+>)", told, re.M | re.I)
    failed = re.search(r"^Action:\s*failed", told, re.M | re.I)
    status = re.search(r"^Status:\s*([\d.]+)", told, re.M | re.I)
    if not failed or len(ours) < 2:  # the report's own, then that of the message it is about
        return []
    return [Receipt(ours[-1], "failed", f"bounced {status[1]}" if status else "bounced")]


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content())
    if part.get_content_type() == "text/html":
        content = _TAG.sub(" ", content)
    lines = content.replace("\r\n", "\n").split("\n")
    kept = next((lines[:n] for n, line in enumerate(lines) if _quoted().search(line)), lines)
    return "\n".join(kept).strip()


def _media(mail: EmailMessage) -> tuple[Media, ...]:
    found = []
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            address = "data:;base64," + base64.b64encode(content).decode()
            found.append(Media(part.get_filename() or "document", part.get_content_type(), url=address))
    return tuple(found)


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in words()["quoted"]), re.I)
