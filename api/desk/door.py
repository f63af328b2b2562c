"""Who is at the desk: the cookie's token, the form's own token, and what every page is made with."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.desk.formats import Formats
from api.desk.pages import page
from api.desk.words import Words
from recovery.clock import Clock, SystemClock, clock_from
from recovery.errors import Forbidden
from recovery.handover.logins import who_is
from recovery.handover.records import DeskSession, DeskUser
from recovery.settings import settings
from recovery.store import transaction

COOKIE = "desk"
THEME_COOKIE = "desk_theme"
# Logins, locks and presence go by the real time: a frozen clock of the trade must not lock anybody out for ever.
REAL_TIME = SystemClock()
# Pages that look by themselves; they keep nobody logged in.
BY_ITSELF = ("/desk/parts/", "/desk/stream")


class NotLoggedIn(Exception):
    """Shown as the login page, never as an error."""


class FormTooOld(Forbidden):
    kind = "form-too-old"

    def __init__(self) -> None:
        super().__init__("This form was not given by this login; load the page again.")


@dataclass(frozen=True)
class Desk:
    """One request of somebody who is logged in, in one transaction."""

    request: Request
    session: Session
    clock: Clock
    user: DeskUser
    login: DeskSession
    words: Words
    formats: Formats

    @property
    def by_htmx(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    def page(self, name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
        return page(name, status, headers, **self.common(), **values)

    def common(self) -> dict[str, Any]:
        return {
            "w": self.words,
            "f": self.formats,
            "user": self.user,
            "csrf": self.login.csrf,
            "theme": theme_of(self.request),
            "here": self.request.url.path,
        }


async def form_token(request: Request) -> str:
    """The form's token, from htmx's header or the form itself."""
    if request.method != "POST":
        return ""
    given = request.headers.get("X-CSRF-Token") or (await request.form()).get("csrf")
    return given if isinstance(given, str) else ""


def desk(request: Request, token: Annotated[str, Depends(form_token)]) -> Iterator[Desk]:
    with transaction(settings().database_url) as session:
        in_use = not request.url.path.startswith(BY_ITSELF)
        found = who_is(session, REAL_TIME, request.cookies.get(COOKIE, ""), in_use=in_use)
        if found is None:
            raise NotLoggedIn()
        user, login = found
        if request.method == "POST" and not secrets.compare_digest(token, login.csrf):
            raise FormTooOld()
        words = Words(user.language)
        yield Desk(request, session, trade_clock(), user, login, words, formats_for(user, words))


# The transaction ends before the answer leaves: whatever the page asks for next sees what was done.
AtDesk = Annotated[Desk, Depends(desk, scope="function")]


def formats_for(user: DeskUser, words: Words) -> Formats:
    return Formats(words, ZoneInfo(user.time_zone), trade_clock().now())


def theme_of(request: Request) -> str:
    """`light`, `dark`, or empty: as the machine is set."""
    given = request.cookies.get(THEME_COOKIE, "")
    return given if given in {"light", "dark"} else ""


def is_secure() -> bool:
    return settings().public_url.startswith("https://")


@lru_cache(maxsize=1)
def trade_clock() -> Clock:
    return clock_from(settings().clock)
