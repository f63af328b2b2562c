"""What an e-mail that came in means: an answer without what it quotes, a report, or a machine's word that needs none."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from channels.email.answer import answer_in, is_automatic_subject
from channels.email.reports import reports_in
from channels.messages import Inbound, Media, Receipt

MACHINES = ("mailer-daemon", "postmaster", "no-reply", "noreply", "bounce", "bounces")
ANSWERED_BY_ITSELF = ("x-autoreply", "x-autorespond", "x-autorespond-to")
MOST_FILES = 10
LOGO = 20_000  # bytes: a smaller picture that the text shows by itself belongs to a signature
_PASSES = re.compile(r"\b(?:spf|dkim)=pass\b", re.I)


def mail_of(content: bytes) -> EmailMessage:
    """Raises ValueError. One without a Message-ID is known by its content."""
    mail = message_from_bytes(content, policy=policy.default)
    if not isinstance(mail, EmailMessage) or "@" not in sender_of(mail):
        raise ValueError("an e-mail with its sender was expected")
    if not str(mail["Message-ID"] or "").strip():
        del mail["Message-ID"]
        mail["Message-ID"] = f"<{hashlib.sha256(content).hexdigest()[:40]}@without.id>"
    return mail


def sender_of(mail: EmailMessage) -> str:
    return parseaddr(str(mail.get("From", "")))[1].lower()


def meaning_of(mail: EmailMessage, answers: str | None, checked_by: str = "") -> Sequence[Inbound | Receipt]:
    """`checked_by`: the mail server whose Authentication-Results we trust; where one is named, a forged sender is nobody."""
    if mail.get_content_type() == "multipart/report":
        return reports_in(mail)
    if is_from_a_machine(mail) or not _is_who_it_says(mail, checked_by):
        return []
    text, media = answer_in(mail), _media(mail)
    return [
        Inbound(
            sender_of(mail),
            str(mail["Message-ID"]),
            text or ("" if media else _subject(mail)),
            media=media,
            to=parseaddr(str(mail.get("To", "")))[1],
            answers=answers,
        )
    ]


def is_from_a_machine(mail: EmailMessage) -> bool:
    """Out of office, lists, delivery systems: two machines would answer each other for ever (RFC 3834)."""
    return (
        str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no"
        or str(mail.get("Precedence", "")).strip().lower() in ("bulk", "list", "junk", "auto_reply")
        or any(name in mail for name in (*ANSWERED_BY_ITSELF, "List-Id"))
        or str(mail.get("Return-Path", "-")).strip() == "<>"
        or sender_of(mail).partition("@")[0] in MACHINES
        or is_automatic_subject(_subject(mail))
    )


def _is_who_it_says(mail: EmailMessage, checked_by: str) -> bool:
    """By DMARC; for a domain without it, by SPF or DKIM (RFC 8601). The server's own header comes first."""
    if not checked_by:
        return True
    results = [str(value) for value in mail.get_all("Authentication-Results", [])]
    ours = next((told for told in results if told.split(";")[0].split(" ")[0].strip() == checked_by), "")
    if re.search(r"\bdmarc=pass\b", ours, re.I):
        return True
    return not re.search(r"\bdmarc=fail\b", ours, re.I) and bool(_PASSES.search(ours))


def _subject(mail: EmailMessage) -> str:
    return str(mail.get("Subject", ""))


def _media(mail: EmailMessage) -> tuple[Media, ...]:
    found = []
    for part in mail.walk():
        if part.is_multipart() or not _is_a_file(part):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            address = "data:;base64," + base64.b64encode(content).decode()
            found.append(Media(part.get_filename() or "document", part.get_content_type(), url=address))
    return tuple(found[:MOST_FILES])


def _is_a_file(part: MIMEPart) -> bool:
    kind, content = part.get_content_maintype(), part.get_payload(decode=True)
    if kind == "text" and not part.get_filename():
        return False
    shown_in_text = "Content-ID" in part and part.get_content_disposition() != "attachment"
    return not (kind == "image" and shown_in_text and isinstance(content, bytes) and len(content) < LOGO)
