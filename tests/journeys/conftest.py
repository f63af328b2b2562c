"""`running_demo`: the whole product, with its trained model, once for all journeys; `providers`: doubles it writes through."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.creditor import CreditorSystem
from tests.journeys.demo_process import DemoProcess
from tests.journeys.providers import Providers


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.fixture(scope="session")
def running_demo(providers: Providers) -> Iterator[DemoProcess]:
    # Not pytest's own folder: it closes that to everybody else, and PostgreSQL does not run as root.
    with tempfile.TemporaryDirectory(prefix="entente-journeys-") as folder:
        demo = DemoProcess(Path(folder) / "var", **providers.settings())
        try:
            yield demo.wait_until_ready()
        finally:
            demo.stop()


@pytest.fixture
def creditor(running_demo: DemoProcess) -> Iterator[CreditorSystem]:
    with CreditorSystem(running_demo.facts) as system:
        yield system
