"""Pictures to be looked at, in var/screenshots/. What a test can tell: the page holds, nothing overflows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.fakes.fake_widget_api import FakeWidgetApi
from tests.widget.guest import Guest
from tests.widget.scenes import believable, with_a_person

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "var" / "screenshots"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 820}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@pytest.mark.parametrize(
    ("name", "language", "screen", "person"),
    [
        ("widget-fr", "fr", DESK, False),
        ("widget-es", "es", DESK, False),
        ("widget-fr-person", "fr", DESK, True),
        ("widget-fr-dark", "fr", {**DESK, "color_scheme": "dark"}, True),
        ("widget-fr-phone", "fr", PHONE, False),
        ("widget-es-phone-dark", "es", {**PHONE, "color_scheme": "dark"}, False),
    ],
)
def test_picture(
    chromium: Browser,
    api: FakeWidgetApi,
    tmp_path: Path,
    name: str,
    language: str,
    screen: dict[str, Any],
    person: bool,
) -> None:
    context = chromium.new_context(**screen, locale=language, reduced_motion="reduce")
    visitor = Guest(context.new_page(), api.url, language, api=api, files=tmp_path)
    visitor.arrive()
    visitor.page.screenshot(path=PICTURES / f"{name}-closed.png")
    visitor.open()
    visitor.page.screenshot(path=PICTURES / f"{name}-open.png")
    believable(visitor)
    if person:
        with_a_person(api)
        visitor.page.locator(".typing").wait_for()
    visitor.page.wait_for_timeout(200)
    visitor.page.screenshot(path=PICTURES / f"{name}.png")
    inside = visitor.page.locator(".scroll")
    assert inside.evaluate("node => node.scrollWidth <= node.clientWidth")
    context.close()
