"""Two people at the desk in a real browser: live without reload, refused without loss, from the keyboard alone."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Browser, expect

from recovery.clock import FrozenClock
from recovery.handover.hand_over import hand_over
from recovery.session.receive import receive
from recovery.settings import settings
from recovery.store import transaction
from tests.desk.browser import At, arrive
from tests.desk.conftest import WORDS
from tests.desk.scene import NOW, Scene


def test_a_morning_from_the_keyboard(served: str, chromium: Browser, scene: Scene) -> None:
    sophie, marc = arrive(chromium, served, "sophie"), arrive(chromium, served, "marc")
    talk = scene.talks["camille"]
    for _ in range(3):
        sophie.page.keyboard.press("j")
    sophie.page.keyboard.press("Enter")
    expect(sophie.page.locator("#talk-head h1")).to_have_text("Camille Moreau")
    marc.open(talk)
    expect(sophie.page.locator(".also")).to_contain_text("Marc Petit")

    sophie.page.keyboard.press("t")
    expect(sophie.page.locator(".head-state.mine")).to_be_visible()
    expect(marc.page.locator(".head-state.held")).to_contain_text("Sophie Laurent")

    sophie.page.keyboard.press("r")
    sophie.page.keyboard.type(WORDS["threat"])
    sophie.page.keyboard.press("Control+Enter")
    expect(sophie.page.locator(".refusal mark").first).to_have_text("l'huissier viendra")
    expect(sophie.page.locator("#text")).to_have_value(WORDS["threat"])

    sophie.page.fill("#text", WORDS["fine"])
    sophie.page.keyboard.press("Control+Enter")
    expect(sophie.page.locator(".said.agent .text")).to_have_text(WORDS["fine"])
    expect(sophie.page.locator("#text")).to_have_value("")
    expect(marc.page.locator(".said.agent .text")).to_have_text(WORDS["fine"])
    expect(sophie.page.locator(".refusal")).to_have_count(0)
    _no_complaint(sophie, marc)


def test_what_a_debtor_writes_arrives_without_reload_and_the_draft_stays(
    served: str, chromium: Browser, scene: Scene
) -> None:
    sophie = arrive(chromium, served, "sophie").open(scene.talks["vega"])
    sophie.page.fill("#text", "un brouillon")
    with transaction(settings().database_url) as session:
        receive(session, FrozenClock(NOW), session.merge(scene.talks["vega"]), WORDS["script"], "live-1")
    expect(sophie.page.locator(".said.debtor").last).to_contain_text("<script>")
    expect(sophie.page.locator("#text")).to_have_value("un brouillon")
    sophie.page.reload()
    expect(sophie.page.locator("#text")).to_have_value("un brouillon")
    _no_complaint(sophie)


def test_a_new_hand_over_appears_in_the_queue_by_itself(served: str, chromium: Browser, scene: Scene) -> None:
    sophie = arrive(chromium, served, "sophie")
    expect(sophie.page.locator(".rows .row")).to_have_count(8)
    with transaction(settings().database_url) as session:
        talk = session.merge(scene.talks["nadia"])
        hand_over(session, FrozenClock(NOW + timedelta(seconds=1)), talk, reason="distress")
    expect(sophie.page.locator(".rows .row").nth(1)).to_contain_text("Nadia Benali")
    expect(sophie.page.locator(f"#row-{talk.id} .why")).to_have_class("why p0")


def test_at_phone_width_one_pane_at_a_time(served: str, chromium: Browser, scene: Scene) -> None:
    sophie = arrive(chromium, served, "sophie", width=390, height=844)
    expect(sophie.page.locator("#workspace")).to_be_hidden()
    sophie.page.click(".rows .row >> nth=0")
    expect(sophie.page.locator("#transcript")).to_be_visible()
    expect(sophie.page.locator(".pane-line")).to_be_hidden()
    sophie.page.click("#case-open")
    expect(sophie.page.locator("#case")).to_be_visible()
    overflow = sophie.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    _no_complaint(sophie)


def _no_complaint(*people: At) -> None:
    """Neither an error nor a violation of the pages' own policy."""
    for person in people:
        assert person.complaints == []
