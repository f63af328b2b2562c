"""What a demonstration site shows: the trade's own help page. Never a debt, nor a word of recovery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from recovery.debts.records import Creditor

TEXTS = Path(__file__).parent / "sites.yml"
LANGUAGE_OF_COUNTRY = {"FR": "fr", "ES": "es"}


@dataclass(frozen=True)
class Site:
    key: str
    name: str
    language: str
    colour: str  # a class of site.css
    phone: str
    privacy_url: str
    texts: dict[str, Any]


def site_of(creditor: Creditor) -> Site:
    sites = _sites()
    language = LANGUAGE_OF_COUNTRY.get(creditor.country, "fr")
    own = sites["sites"].get(creditor.key, {"trade": "services", "colour": "slate"})
    texts = {**sites["labels"][language], **sites["trades"][own["trade"]][language]}
    phone = str(creditor.attestations.get("phone", ""))
    return Site(creditor.key, creditor.name, language, own["colour"], phone, creditor.privacy_url or "", texts)


@lru_cache(maxsize=1)
def _sites() -> dict[str, Any]:
    sites: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return sites
