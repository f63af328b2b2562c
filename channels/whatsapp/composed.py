"""A message as the Cloud API wants it: text, three buttons, or a list of ten."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.messages import Button, Outbound, written_out
from channels.parts import cut

LONGEST = 4096
MOST_BUTTONS, BUTTON_TITLE, BUTTON_BODY = 3, 20, 1024
MOST_ROWS, ROW_TITLE, ROW_DESCRIPTION = 10, 24, 72

_TEXTS = Path(__file__).parent / "texts.yml"


def messages_of(outbound: Outbound) -> list[dict[str, Any]]:
    """In the order they leave; the choices are with the last one."""
    if len(outbound.buttons) > MOST_ROWS:
        text = f"{outbound.text}\n{written_out([button.title for button in outbound.buttons])}"
        return [_text(piece) for piece in cut(text, LONGEST)]
    pieces = cut(outbound.text, LONGEST)
    if not outbound.buttons or not pieces:
        return [_text(piece) for piece in pieces]
    *before, last = pieces
    return [*map(_text, before), _with_choices(last, outbound)]


def _text(body: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def _with_choices(body: str, outbound: Outbound) -> dict[str, Any]:
    titles = [button.title for button in outbound.buttons]
    fits = len(titles) <= MOST_BUTTONS and max(map(len, titles)) <= BUTTON_TITLE and len(set(titles)) == len(titles)
    if fits and len(body) <= BUTTON_BODY:
        replies = [{"type": "reply", "reply": {"id": b.payload, "title": b.title}} for b in outbound.buttons]
        return _interactive("button", body, {"buttons": replies})
    rows = [_row(button) for button in outbound.buttons]
    choose = _choose(outbound.language)
    return _interactive("list", body, {"button": choose, "sections": [{"title": choose, "rows": rows}]})


def _row(button: Button) -> dict[str, str]:
    """A title too long is shortened, and stands in full under itself."""
    if len(button.title) <= ROW_TITLE:
        return {"id": button.payload, "title": button.title}
    short = button.title[: ROW_TITLE - 1].rstrip() + "…"
    return {"id": button.payload, "title": short, "description": button.title[:ROW_DESCRIPTION]}


def _interactive(kind: str, body: str, action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


@cache
def _choose(language: str) -> str:
    texts: dict[str, dict[str, str]] = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    return texts["choose"].get(language) or texts["choose"]["fr"]
