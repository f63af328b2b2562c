"""One e-mail: text and HTML, a way to stop in one click (RFC 8058), and nothing of a debt in its subject."""

from __future__ import annotations

import html
import re
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from channels.contract import PermanentFailure
from channels.email.thread import message_id
from channels.messages import Media, Outbound, written_out

_WORDS = Path(__file__).parent / "words.yml"


class _Wire(EmailPolicy):
    """Plain ASCII: no relay has to write it anew, which would break its signature. Addresses and ids too long for a
    line stay as they are: the library would encode them, and nobody could follow them.
    """

    AS_THEY_ARE = frozenset({"list-unsubscribe", "list-unsubscribe-post", "in-reply-to", "references", "message-id"})

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() not in self.AS_THEY_ARE:
            return super().fold_binary(name, value)
        return f"{name}: {str(value).replace('>, <', '>,' + self.linesep + ' <')}{self.linesep}".encode("ascii")


_WIRE = _Wire(linesep="\r\n", cte_type="7bit")
_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")


def composed(
    outbound: Outbound, *, sender: str, name: str, unsubscribe: str, reply_to: str | None = None
) -> EmailMessage:
    mail = EmailMessage(policy=_WIRE)
    mail["From"] = formataddr((name, sender))
    mail["To"] = outbound.address
    mail["Subject"] = words()["subject"][_language(outbound)].format(name=name)
    mail["Message-ID"] = message_id(outbound.key, sender)
    if reply_to:
        mail["Reply-To"] = formataddr((name, reply_to))
    if _MESSAGE_ID.fullmatch(outbound.answers or ""):
        mail["In-Reply-To"] = mail["References"] = outbound.answers
    if outbound.at:
        mail["Date"] = format_datetime(outbound.at)
    mail["Content-Language"] = outbound.language
    mail["Auto-Submitted"] = "auto-replied"
    mail["List-Unsubscribe"] = f"<{unsubscribe}>, <mailto:{sender}?subject=STOP>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = _text(outbound)
    mail.set_content(text)
    mail.add_alternative(_html(text, outbound.language), subtype="html")
    for media in outbound.media:
        _attach(mail, media)
    return mail


def _text(outbound: Outbound) -> str:
    choices = written_out([button.title for button in outbound.buttons])
    return "\n\n".join(filter(None, (outbound.text, choices, words()["stop"][_language(outbound)])))


def _html(text: str, language: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{paragraphs}</body></html>'


def _attach(mail: EmailMessage, media: Media) -> None:
    try:
        content = Path(unquote(urlsplit(media.url or "").path)).read_bytes()
    except OSError as error:
        raise PermanentFailure("The file to send is not there") from error
    kind, _, subkind = media.mime.partition("/")
    mail.add_attachment(content, maintype=kind, subtype=subkind, filename=media.name)


def _language(outbound: Outbound) -> str:
    return outbound.language if outbound.language in words()["subject"] else "fr"


@cache
def words() -> dict[str, Any]:
    known: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return known
