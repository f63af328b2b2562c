"""In and out: cookies, tokens, wrong passwords, expiry, roles."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from sqlalchemy import select, update

from recovery.handover.records import DeskSession, DeskUser
from recovery.settings import settings
from recovery.store import transaction
from tests.desk.conftest import Agent
from tests.desk.scene import Scene


def test_nobody_sees_anything_without_a_login(desk_app: FastAPI, scene: Scene) -> None:
    nobody, talk = Agent(desk_app), scene.talks["camille"]
    for path in ("", f"/conversations/{talk.id}", "/parts/line", f"/parts/talk/{talk.id}", "/search?q=a", "/stream"):
        answer = nobody.http.get("/desk" + path)
        assert answer.status_code == 303, path
        assert answer.headers["location"] == "/desk/login"
    by_htmx = nobody.http.get("/desk/parts/line", headers={"HX-Request": "true"})
    assert by_htmx.headers["hx-redirect"] == "/desk/login"


def test_the_cookie_is_random_and_only_its_hash_is_kept(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app)
    given = sophie.log_in("Sophie@desk.example").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    token = sophie.http.cookies["desk"]
    with transaction(settings().database_url) as session:
        kept = session.scalars(select(DeskSession.token_sha256)).all()
    assert kept == [hashlib.sha256(token.encode()).hexdigest()]
    sophie.http.post("/desk/logout", data={"csrf": sophie.csrf})
    sophie.http.cookies.set("desk", token, domain="desk.test", path="/desk")
    assert sophie.http.get("/desk").status_code == 303


def test_the_same_answer_for_an_unknown_address_and_a_wrong_password(desk_app: FastAPI, scene: Scene) -> None:
    stranger = Agent(desk_app)
    known = [stranger.log_in("sophie@desk.example", "not the password").status_code for _ in range(6)]
    unknown = [stranger.log_in("nobody@desk.example", "not the password").status_code for _ in range(6)]
    assert known == unknown == [401] * 5 + [429]
    assert stranger.log_in("sophie@desk.example").status_code == 429


def test_a_login_form_of_another_site_is_refused(desk_app: FastAPI, scene: Scene) -> None:
    agent = Agent(desk_app)
    data = {"email": "sophie@desk.example", "password": "whatever", "form": "made up"}
    assert agent.http.post("/desk/login", data=data).status_code == 403


def test_every_act_needs_the_logins_own_token(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["camille"]
    for act in ("take", "write", "release", "hand-back", "resolve", "here", "typing"):
        for headers in ({}, {"X-CSRF-Token": Agent(desk_app, "marc").csrf}):
            answer = sophie.http.post(f"/desk/conversations/{talk.id}/{act}", data={"text": "x"}, headers=headers)
            assert answer.status_code == 403, act
    assert sophie.http.post("/desk/logout").status_code == 403
    assert sophie.http.post("/desk/logout", data={"csrf": sophie.csrf}).status_code == 303


def test_an_expired_login_asks_again_and_pages_that_look_by_themselves_prolong_nothing(
    desk_app: FastAPI, scene: Scene
) -> None:
    sophie = Agent(desk_app, "sophie")
    soon = datetime.now(UTC) + timedelta(minutes=10)
    _set(expires_at=soon, seen_at=soon - timedelta(hours=8))
    sophie.page("/desk/parts/line")
    assert _expiry() == soon
    sophie.page("/desk")
    assert _expiry() > soon
    _set(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert sophie.http.get("/desk").headers["location"] == "/desk/login?expired=1"


def test_somebody_who_left_is_out_at_once(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    with transaction(settings().database_url) as session:
        session.execute(update(DeskUser).values(active=False))
    assert sophie.http.get("/desk").status_code == 303


def _set(**values: datetime) -> None:
    with transaction(settings().database_url) as session:
        session.execute(update(DeskSession).values(**values))


def _expiry() -> datetime | None:
    with transaction(settings().database_url) as session:
        return session.scalar(select(DeskSession.expires_at))
