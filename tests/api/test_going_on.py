"""The page a personal link leads to, and what the link opens: after a month too, once, and never the talk itself."""

from __future__ import annotations

import uuid

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from recovery.clock import clock_from
from recovery.session import tokens
from recovery.session.links import link_to
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.api.conftest import Visitor


def link_for_camille(client: TestClient) -> str:
    with transaction(settings().database_url) as session:
        debtor = cast.camille(session)
    link = link_to(clock_from(settings().clock), debtor.id, "web")
    assert link and link.startswith("http://testserver/c/")
    return link


@pytest.mark.parametrize(("accepted", "language"), [("es-ES,es;q=0.9", "es"), ("fr", "fr"), ("de", "fr"), ("", "fr")])
def test_the_page_reveals_nothing_and_uses_nothing_up(client: TestClient, accepted: str, language: str) -> None:
    link = link_for_camille(client)
    for _ in range(3):  # previews, scanners of mail
        page = client.get(link, headers={"Accept-Language": accepted})
        assert page.status_code == 200
    assert f'lang="{language}"' in page.text and "Camille" not in page.text
    assert not any(word in page.text.lower() for word in ("dette", "créance", "deuda", "impag"))
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    token = link.rpartition("/")[2]
    assert client.post("/widget/sessions", json={"token": token}).status_code == 201
    assert client.post("/widget/sessions", json={"token": token}).status_code == 401


def test_whatever_stands_in_the_address_never_runs(client: TestClient) -> None:
    page = client.get('/c/"><script>alert(1)<%2Fscript>')
    assert "<script>alert" not in page.text


def test_after_a_month_a_session_has_ended_and_a_link_goes_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(client, language="fr")
    visitor.send("mon secret")
    with transaction(settings().database_url) as session:
        debtor = cast.camille(session)
        _verified(session, visitor, debtor.id)
    monkeypatch.setenv("ENTENTE_CLOCK", "2026-12-24T10:00:00+01:00")
    settings.cache_clear()
    assert client.get("/widget/messages", headers=visitor.headers).status_code == 401
    assert client.post("/widget/sessions", json={"token": visitor.opened["session_token"]}).status_code == 401
    token = tokens.start_token(clock_from(settings().clock), debtor.id)
    opened = Visitor(client, token=token).opened
    assert opened["conversation_id"] != visitor.opened["conversation_id"]
    assert "secret" not in str(opened["messages"]), "the link alone shows nothing of the talk"


def test_a_link_of_last_week_opens_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = link_for_camille(client).rpartition("/")[2]
    monkeypatch.setenv("ENTENTE_CLOCK", "2026-11-25T10:00:01+01:00")
    settings.cache_clear()
    assert client.post("/widget/sessions", json={"token": token}).status_code == 401


def _verified(session: Session, visitor: Visitor, debtor_id: uuid.UUID) -> None:
    conversation = session.get_one(Conversation, uuid.UUID(visitor.opened["conversation_id"]))
    conversation.debtor_id, conversation.identity = debtor_id, "verified"
