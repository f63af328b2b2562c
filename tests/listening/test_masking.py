"""Secrets leave a message before it is stored; what serves the conversation stays."""

import json

import pytest
from score import CASES

from listening.masking import mask_secrets

_ROWS = [json.loads(line) for line in (CASES / "masking.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["text"])
def test_secrets_are_masked_and_nothing_else(row: dict) -> None:
    masked, kinds = mask_secrets(row["text"])
    assert masked == row.get("masked", row["text"])
    assert kinds == row["kinds"]


def test_masking_twice_changes_nothing_more() -> None:
    for row in _ROWS:
        masked, _ = mask_secrets(row["text"])
        assert mask_secrets(masked) == (masked, [])
