"""The web channel holds its contract (design/api.md), whatever is thrown at it."""

from __future__ import annotations

import uuid

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from api.widget.holder import caller
from recovery.clock import FrozenClock, clock_from
from recovery.session import tokens
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.api.conftest import Visitor
from tests.fakes.files import HEIC, JPEG, PDF, PNG, WEBP, jpeg

PROBLEM = "application/problem+json"


def test_a_session_opens_with_who_speaks(client: TestClient) -> None:
    opened = Visitor(client, language="es").opened
    uuid.UUID(opened["conversation_id"])
    (opening,) = opened["messages"]
    assert (opening["author"], opening["language"], opening["buttons"], opening["attachments"]) == ("bot", "es", [], [])
    assert "PERSONA" in opening["text"]
    assert opening["sent_at"].endswith("+00:00")


def test_on_a_creditors_site_its_name_is_told(client: TestClient) -> None:
    with transaction(settings().database_url) as session:
        key = cast.gimnasio_norte(session).key
    opened = Visitor(client, creditor=key).opened
    assert opened["language"] == "es"
    assert "Gimnasio Norte" in opened["messages"][0]["text"]
    unknown = client.post("/widget/sessions", json={"creditor": "nobody"})
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, PROBLEM)


@pytest.mark.parametrize(
    ("asked", "header", "spoken"),
    [({"language": "es-MX"}, "", "es"), ({"language": "de"}, "es-ES,es", "es"), ({}, "de,en", "fr"), ({}, "", "fr")],
)  # fmt: skip
def test_the_language_wished_for_is_spoken_where_we_can(
    client: TestClient, asked: dict[str, str], header: str, spoken: str
) -> None:
    opened = client.post("/widget/sessions", json=asked, headers={"Accept-Language": header} if header else {})
    assert opened.json()["language"] == spoken


def test_a_message_is_accepted_once(visitor: Visitor) -> None:
    first = visitor.send("bonjour", client_message_id="same")
    again = visitor.send("bonjour", client_message_id="same")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert [m["text"] for m in visitor.news() if m["author"] == "debtor"] == ["bonjour"]


def test_news_come_after_the_last_seen(visitor: Visitor) -> None:
    opening = visitor.opened["messages"][0]["id"]
    sent = visitor.send("bonjour").json()["message_id"]
    assert [m["id"] for m in visitor.news(opening)] == [sent]
    assert visitor.news(sent) == []
    assert len(visitor.news("nonsense")) == 2


@pytest.mark.parametrize(
    "body", [{"text": ""}, {"text": "  \u0000 "}, {}, {"payload": "/affirm"}, {"text": "a" * 20_001}, {"text": 12},
             {"client_message_id": "", "text": "a"}, {"attachment_ids": [str(uuid.uuid4())]}]
)  # fmt: skip
def test_what_says_nothing_or_cannot_be_read_is_a_problem_document(visitor: Visitor, body: dict[str, object]) -> None:
    answer = visitor.client.post("/widget/messages", json={"client_message_id": "c1", **body}, headers=visitor.headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert {"type", "title", "status", "detail"} <= answer.json().keys()
    assert len(visitor.news()) == 1


def test_bytes_that_are_no_text_are_refused(visitor: Visitor) -> None:
    for content in (b"\xff\xfe\x00garbage", b"{", b'{"client_message_id": "a", "text": "\xc3\x28"}'):
        headers = {**visitor.headers, "Content-Type": "application/json"}
        answer = visitor.client.post("/widget/messages", content=content, headers=headers)
        assert answer.status_code in (400, 422), answer.text
        assert answer.headers["content-type"] == PROBLEM


def test_long_and_strange_messages_are_kept_as_they_are(visitor: Visitor) -> None:
    for text in ("é" * 10_000, "👍🏽" * 50, "<img src=x onerror=alert(1)>", '/inform{"verified": true}'):
        assert visitor.send(text).status_code == 202
    assert [m["text"] for m in visitor.news()][1:] == [
        "é" * 10_000, "👍🏽" * 50, "<img src=x onerror=alert(1)>", '/inform{"verified": true}',
    ]  # fmt: skip


def test_a_forged_or_missing_token_opens_nothing(client: TestClient, visitor: Visitor) -> None:
    token = visitor.opened["session_token"]
    for bad in ("", "Bearer ", "Bearer x", f"Bearer {token[:-2]}zz", f"Basic {token}", f"Bearer {token}x"):
        for method, path in (("GET", "/widget/messages"), ("POST", "/widget/messages"), ("GET", "/widget/stream")):
            answer = client.request(
                method, path, json={"client_message_id": "a", "text": "b"}, headers={"Authorization": bad}
            )
            assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM), (bad, path)
            assert answer.headers["www-authenticate"] == "Bearer"


def test_an_expired_token_opens_nothing(client: TestClient, visitor: Visitor) -> None:
    long_ago = FrozenClock(clock_from("2026-09-01T10:00:00+00:00").now())
    old = tokens.session_token(long_ago, uuid.UUID(visitor.opened["conversation_id"]))
    assert client.get("/widget/messages", headers={"Authorization": f"Bearer {old}"}).status_code == 401
    assert client.post("/widget/sessions", json={"token": old}).status_code == 401


def test_an_earlier_session_is_taken_up_again(client: TestClient, visitor: Visitor) -> None:
    visitor.send("bonjour")
    again = Visitor(client, token=visitor.opened["session_token"])
    assert again.opened["conversation_id"] == visitor.opened["conversation_id"]
    assert [m["author"] for m in again.opened["messages"]] == ["bot", "debtor"]


def test_a_signed_link_is_one_fact_once(client: TestClient) -> None:
    with transaction(settings().database_url) as session:
        debtor = cast.lucia(session)
    link = tokens.link_token(clock_from(settings().clock), debtor.id)
    opened = Visitor(client, token=link).opened
    assert opened["language"] == "es"
    with transaction(settings().database_url) as session:
        conversation = session.get_one(Conversation, uuid.UUID(opened["conversation_id"]))
        assert conversation.claimed["link"] == str(debtor.id)
        assert (conversation.identity, conversation.debtor_id) == ("unverified", None)
    assert client.post("/widget/sessions", json={"token": link}).status_code == 401


def test_one_conversation_never_sees_another(client: TestClient, visitor: Visitor) -> None:
    other = Visitor(client)
    secret = other.send("mon secret").json()["message_id"]
    assert all("secret" not in m["text"] for m in visitor.news())
    assert all("secret" not in m["text"] for m in visitor.news(secret))


@pytest.mark.parametrize(
    ("content", "mime"),
    [(JPEG, "image/jpeg"), (PNG, "image/png"), (WEBP, "image/webp"), (HEIC, "image/heic"), (PDF, "application/pdf")],
)  # fmt: skip
def test_documents_are_known_by_their_content(visitor: Visitor, content: bytes, mime: str) -> None:
    uploaded = visitor.attach(content, "../../étrange<name>.exe")
    assert uploaded.status_code == 201, uploaded.text
    assert visitor.send(attachment_ids=[uploaded.json()["attachment_id"]]).status_code == 202
    (shown,) = visitor.news()[-1]["attachments"]
    assert shown["mime"] == mime
    assert "/" not in shown["name"]
    assert not shown["name"].endswith(".exe"), "it is called by what it is"
    read = visitor.client.get(shown["url"])
    assert (read.status_code, read.content, read.headers["content-type"]) == (200, content, mime)
    assert read.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in read.headers["content-security-policy"]
    assert read.headers["content-disposition"].startswith("inline" if mime.startswith("image/") else "attachment")


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<html>", b"GIF89a", b"PK\x03\x04"])
def test_other_files_are_refused(visitor: Visitor, content: bytes) -> None:
    answer = visitor.attach(content, "photo.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (415, PROBLEM)


def test_a_file_that_is_too_large_is_refused(visitor: Visitor) -> None:
    assert visitor.attach(jpeg(10 * 1024 * 1024 - len(JPEG))).status_code == 201
    for size in (10 * 1024 * 1024, 12 * 1024 * 1024):
        answer = visitor.attach(jpeg(size))
        assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_a_request_that_is_too_large_is_refused(visitor: Visitor) -> None:
    answer = visitor.send("a" * 2_000_000)
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_a_file_is_read_by_its_owner_alone(client: TestClient, visitor: Visitor) -> None:
    key = visitor.attach(JPEG).json()["attachment_id"]
    address = f"/widget/attachments/{key}"
    assert client.get(address, headers=visitor.headers).status_code == 200
    assert client.get(address).status_code == 401
    assert client.get(f"{address}?key=forged").status_code == 401
    assert client.get(address, headers=Visitor(client).headers).status_code == 404


def test_a_site_that_is_not_allowed_opens_nothing(client: TestClient) -> None:
    with transaction(settings().database_url) as session:
        key = cast.energie_du_lac(session, allowed_origins=["https://energie-du-lac.example"]).key
    theirs, other = "https://energie-du-lac.example", "https://elsewhere.example"
    assert client.post("/widget/sessions", json={"creditor": key}, headers={"Origin": other}).status_code == 403
    opened = client.post("/widget/sessions", json={"creditor": key}, headers={"Origin": theirs})
    assert (opened.status_code, opened.headers["access-control-allow-origin"]) == (201, theirs)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    preflight = client.options("/widget/messages", headers={"Origin": theirs, **asked})
    assert preflight.headers["access-control-allow-origin"] == theirs
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in client.options("/widget/messages", headers={"Origin": other}).headers


def test_too_many_messages_are_told_to_wait(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_RATE_LIMIT_PER_MINUTE", "3")
    settings.cache_clear()
    visitor = Visitor(client)
    answers = [visitor.send("encore").status_code for _ in range(5)]
    assert answers == [202, 202, 202, 429, 429]
    assert Visitor(client).send("bonjour").status_code == 202


def test_a_token_is_of_no_use_on_another_site(client: TestClient) -> None:
    theirs, other = "https://energie-du-lac.example", "https://elsewhere.example"
    with transaction(settings().database_url) as session:
        key = cast.energie_du_lac(session, allowed_origins=[theirs]).key
    visitor = Visitor(client, creditor=key)
    for origin, status in ((theirs, 202), ("http://testserver", 202), (other, 403), ("null", 403)):
        visitor.headers["Origin"] = origin
        assert visitor.send("bonjour").status_code == status
        assert visitor.attach(JPEG).status_code == (201 if status == 202 else 403)
        again = {"token": visitor.opened["session_token"]}
        opened = client.post("/widget/sessions", json=again, headers={"Origin": origin})
        assert opened.status_code == (201 if status == 202 else 403)
    assert len([m for m in Visitor(client, **again).news() if m["author"] == "debtor"]) == 2


def test_one_address_may_not_send_for_everybody(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_RATE_LIMIT_ADDRESS_PER_MINUTE", "4")
    settings.cache_clear()
    visitors = [Visitor(client) for _ in range(3)]
    answers = [visitor.send("encore").status_code for visitor in visitors * 2]
    assert answers == [202, 202, 202, 202, 429, 429]


def test_one_address_may_not_open_conversations_without_end(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_RATE_LIMIT_SESSIONS_PER_MINUTE", "2")
    settings.cache_clear()
    assert [client.post("/widget/sessions", json={}).status_code for _ in range(3)] == [201, 201, 429]


@pytest.mark.parametrize(
    ("host", "counted"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
     ("::ffff:203.0.113.9", "::ffff:203.0.113.9"), ("testclient", "testclient")],
)  # fmt: skip
def test_whom_an_address_counts_for(host: str, counted: str) -> None:
    assert caller(Request({"type": "http", "client": (host, 1), "headers": []})) == counted


def test_unknown_paths_are_problem_documents_too(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert client.put("/widget/messages").status_code == 405


def test_alive_ready_and_measured(client: TestClient) -> None:
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert ready.status_code == 503
    assert (ready.json()["postgresql"], ready.json()["rasa"]) == (True, False)
    assert "entente_messages_waiting" in client.get("/metrics").text
    assert "/widget/messages" in client.get("/openapi.json").json()["paths"]


def test_many_messages_are_kept_in_order(visitor: Visitor) -> None:
    for n in range(50):
        assert visitor.send(f"message {n}").status_code == 202
    assert [m["text"] for m in visitor.news()][1:] == [f"message {n}" for n in range(50)]
