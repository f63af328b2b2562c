"""How tests are shared out between processes: one running demo for all journeys, started first since it takes longest; a file stays whole."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        on_the_demo = "running_demo" in getattr(item, "fixturenames", ())
        if on_the_demo:
            item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.xdist_group("demo" if on_the_demo else item.location[0]))
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
