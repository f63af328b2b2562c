"""The approved templates, and what is checked before one is used: language, category, parameters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.contract import NotThisWay
from channels.messages import Outbound

_FILE = Path(__file__).parent / "templates.yml"


def template_of(outbound: Outbound) -> dict[str, Any]:
    """The template object of the message. Raises NotThisWay."""
    known = _templates().get(outbound.template or "")
    if not known:
        raise NotThisWay("The 24-hour window is closed and no approved template is named")
    if not outbound.opt_in:
        raise NotThisWay("Nobody is written to first on WhatsApp without a proof of their opt-in")
    if known["category"] != "utility":
        raise NotThisWay("Only utility templates may be used here")
    language = known["languages"].get(outbound.language)
    if not language:
        raise NotThisWay(f"This template is not approved in {outbound.language}")
    given = _parameters(known["parameters"], outbound)
    body = [{"type": "body", "parameters": given}] if given else []
    return {"name": outbound.template, "language": {"code": language["code"]}, "components": body}


def _parameters(names: list[str], outbound: Outbound) -> list[dict[str, str]]:
    """Meta refuses line ends, tabs and five spaces in a row."""
    if set(names) != set(outbound.values):
        raise NotThisWay(f"This template takes {', '.join(names) or 'nothing'}")
    return [{"type": "text", "text": " ".join(outbound.values[name].split())} for name in names]


@cache
def _templates() -> dict[str, Any]:
    templates: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return templates
