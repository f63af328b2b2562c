"""How tests are shared out between processes: all journeys to one, since they share a running demo; else a file stays whole."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

JOURNEYS = "tests/journeys/"


class OneDemo(LoadFileScheduling):  # type: ignore[misc]  # xdist is untyped
    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneDemo:
    config.option.loadscopereorder = False  # the order below, rather than the most numerous first
    return OneDemo(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    for item in items:
        if "running_demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
