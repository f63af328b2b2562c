"""Where a Spanish debtor's day begins: the Canary Islands are an hour behind the rest."""

from __future__ import annotations

CANARY_PROVINCES = {"35", "38"}


def time_zone(postcode: str | None, region: str | None) -> str:
    canaries = region == "CN" or (postcode or "")[:2] in CANARY_PROVINCES
    return "Atlantic/Canary" if canaries else "Europe/Madrid"
