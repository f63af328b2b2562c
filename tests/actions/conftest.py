"""Every action is tried in the surroundings a process of ours runs in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def in_its_surroundings(surroundings: None) -> None:
    pass
