"""The widget's one file: small, made of its sources, and nothing in it that a creditor's site would have to fear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.widget_site.routes import router
from setup.widget_file import JOINED, SOURCES, banner

LARGEST = 25_000  # bytes


def test_small() -> None:
    assert len(JOINED.read_bytes()) <= LARGEST


def test_made_of_its_sources() -> None:
    first = JOINED.read_text(encoding="utf-8").splitlines()[0]
    assert first == banner(), "api/static/widget has changed since: run `python3 -m setup widget` and commit its file"


@pytest.mark.parametrize(
    "word",
    [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "DOMParser",
        "eval(",
        "Function(",
        "cookie",
        "localStorage",
        "indexedDB",
    ],
)
def test_never_uses(word: str) -> None:
    for path in [JOINED, *SOURCES.glob("*.js")]:
        code = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
        assert word not in code, path.name


def test_depends_on_nothing() -> None:
    joined = JOINED.read_text(encoding="utf-8")
    assert not re.search(r"(?<![.\w])(import|require)\s*[({'\"]|\bfrom\s*['\"]", joined)
    assert set(re.findall(r"https?://[\w.]+", joined)) == {"http://www.w3.org"}  # the name of SVG, not an address


def test_every_label_stands_in_both_languages() -> None:
    labels = (SOURCES / "labels.js").read_text(encoding="utf-8")
    pairs = re.findall(r'\[\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*"),?\s*\]', labels)
    assert len(pairs) > 40
    for french, spanish in pairs[1:]:
        assert re.findall(r"\{\w+\}", french) == re.findall(r"\{\w+\}", spanish)
    assert not re.search(r"\b(dette|impayé|créance|recouvrement|deuda|impago|recobro|moroso)", labels, re.I)


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_served_with_an_etag_to_any_site(client: TestClient) -> None:
    answer = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    assert answer.content == JOINED.read_bytes()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    again = client.get("/widget.js", headers={"If-None-Match": answer.headers["etag"], "Accept-Encoding": "identity"})
    assert (again.status_code, again.content) == (304, b"")


def test_served_small_to_browsers(client: TestClient) -> None:
    answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 12_000
    assert answer.text == JOINED.read_text(encoding="utf-8")


def test_demonstration_pages_name_no_debt() -> None:
    words = re.compile(r"\b(dette|impay|créance|recouvr|relance|deuda|impag|recobr|moros|adeud)", re.I)
    for path in Path(__file__).parents[2].joinpath("api/widget_site").rglob("*.*ml"):
        assert not words.search(path.read_text(encoding="utf-8")), path.name
