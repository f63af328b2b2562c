"""Pictures of the desk, to be looked at: `pytest tests/desk/shots.py` writes them into var/screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.desk.browser import At
from tests.desk.conftest import WORDS
from tests.desk.scene import Scene

FOLDER = Path("var/screenshots")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(served: str, chromium: Browser, scene: Scene, scheme: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height, size in ((1280, 800, "wide"), (390, 844, "phone")):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR", device_scale_factor=1.5
        )
        at = At(context.new_page(), served)

        def shot(name: str, at: At = at, size: str = size) -> None:
            at.page.screenshot(path=FOLDER / f"desk-{size}-{scheme}-{name}.png")

        at.page.goto(f"{served}/desk/login")
        shot("login")
        at.log_in("sophie")
        at.page.wait_for_timeout(400)
        shot("queue")
        at.open(scene.talks["camille"])
        at.page.wait_for_timeout(500)
        shot("camille")
        if size == "phone":
            at.page.click("#case-open")
            at.page.wait_for_timeout(300)
            shot("case")
        else:
            at.page.evaluate("document.querySelector('#case').scrollTop = 460")
            shot("camille-money")
            at.page.keyboard.press("?")
            shot("keys")
            at.page.keyboard.press("Escape")
            at.open(scene.talks["vega"])
            at.page.fill("#text", WORDS["threat"])
            at.page.click("#send")
            at.page.wait_for_selector(".refusal")
            shot("vega-refused")
            at.page.click("#finish-open")
            shot("finish")
            at.open(scene.talks["lucia"])
            at.page.wait_for_timeout(400)
            shot("lucia")
            at.page.keyboard.press("n")
            at.page.keyboard.type(WORDS["note"])
            shot("lucia-note")
            at.open(scene.talks["thomas"])
            shot("thomas")
            at.page.goto(f"{served}/desk/debtors/{scene.debtors['camille'].id}")
            shot("debtor")
            at.page.goto(f"{served}/desk/search?q=mor")
            shot("search")
        context.close()
