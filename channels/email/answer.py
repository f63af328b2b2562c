"""What somebody wrote in an answer: without the message it quotes, the signature of a telephone, or HTML around it."""

from __future__ import annotations

import re
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

_QUOTES = Path(__file__).parent / "quotes.yml"


def answer_in(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, UnicodeError):  # a charset nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return unquoted(text_of_html(content) if part.get_content_type() == "text/html" else content)


def unquoted(text: str) -> str:
    """Answers above, between and below what is quoted are kept; from a forwarded or copied message on, nothing is."""
    text = text.replace("\r\n", "\n").replace("\u00a0", " ").replace("\u202f", " ")
    text = _pattern("attributions", re.M | re.I).sub("", text)
    lines = [line for line in text.split("\n") if not line.lstrip().startswith(">")]
    begins = _pattern("begins", re.I)
    end = next((n for n, line in enumerate(lines) if begins.match(line) and "".join(lines[:n]).strip()), len(lines))
    own = [line for line in lines[:end] if not _pattern("sent_from", re.I).match(line.strip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in own)).strip()


def is_automatic_subject(subject: str) -> bool:
    return bool(_pattern("automatic_subjects", re.I).match(subject.strip()))


def text_of_html(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Words and line ends; what mail programs mark as quoted is passed over, whatever stands in it."""

    UNREAD = frozenset({"style", "script", "head", "title", "blockquote"})
    ENDS_A_LINE = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3"})
    EMPTY = frozenset({"br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unread: list[str] = []  # the open elements inside what is passed over, itself first

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in self.EMPTY:
            if tag == "br" and not self._unread:
                self.said.append("\n")
        elif self._unread or tag in self.UNREAD or _marks_a_quote(dict(attributes)):
            self._unread.append(tag)
        elif tag in self.ENDS_A_LINE:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                del self._unread[len(self._unread) - 1 - self._unread[::-1].index(tag) :]
        elif tag in self.ENDS_A_LINE:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.said.append(re.sub(r"\s+", " ", data))


def _marks_a_quote(attributes: dict[str, str | None]) -> bool:
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return any(mark in _quotes()["html"] for mark in marks)


@cache
def _pattern(name: str, flags: int) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _quotes()[name]), flags)


@cache
def _quotes() -> dict[str, Any]:
    quotes: dict[str, Any] = yaml.safe_load(_QUOTES.read_text(encoding="utf-8"))
    return quotes
