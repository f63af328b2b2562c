"""A provider's event without the secrets somebody typed: what is kept must not hold a card number for ever."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from recovery.session.listening import masked


def without_secrets(body: dict[str, Any], typed: Collection[str]) -> tuple[dict[str, Any], list[str]]:
    """The body with every text under a name of `typed` masked, at any depth, and the kinds of secrets that were there."""
    kinds: list[str] = []
    kept = _cleaned(body, typed, kinds, is_typed=False)
    return kept, list(dict.fromkeys(kinds))


def _cleaned(value: Any, typed: Collection[str], kinds: list[str], *, is_typed: bool) -> Any:
    if isinstance(value, dict):
        return {name: _cleaned(inner, typed, kinds, is_typed=name in typed) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, typed, kinds, is_typed=is_typed) for inner in value]
    if not is_typed or not isinstance(value, str):
        return value
    text, found = masked(value)
    kinds += found
    return text
