"""Word lists hold words: YAML reads a bare yes or no as something else, and the action that looks for it would fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import actions.words

LISTS = sorted(Path(actions.words.__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_a_word_list_holds_words(file: Path) -> None:
    assert not [
        leaf for leaf in _leaves(yaml.safe_load(file.read_text(encoding="utf-8"))) if isinstance(leaf, bool | None)
    ]


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        node = [*node, *node.values()]
    if isinstance(node, list):
        for part in node:
            yield from _leaves(part)
    else:
        yield node
