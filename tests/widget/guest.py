"""A visitor of a page whose web channel is the fake."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.fakes.fake_widget_api import FakeWidgetApi
from tests.widget.visitor import Visitor


@dataclass(kw_only=True)
class Guest(Visitor):
    api: FakeWidgetApi
    files: Path  # what is on their device
