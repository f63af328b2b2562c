"""In and out of the desk."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.desk.attempts import Attempts
from api.desk.desk_route import LOGIN, DeskRoute, language_of
from api.desk.door import COOKIE, REAL_TIME, THEME_COOKIE, AtDesk, is_secure, theme_of
from api.desk.pages import page
from api.desk.words import Words
from api.rate_limit import RateLimit
from recovery.handover.logins import IDLE, LoggedIn, WaitBeforeLogin, log_in, log_out
from recovery.handover.presence import leave_desk
from recovery.settings import settings
from recovery.store import transaction

router = APIRouter(prefix="/desk", route_class=DeskRoute)

FORM_COOKIE = "desk_form"
YEAR = 365 * 24 * 3600  # seconds
LONGEST_PASSWORD = 200  # characters; hashing more only serves who wants to slow us down

attempts = Attempts()
from_one_place = RateLimit(per_minute=30)


@router.get("/login")
def login_page(request: Request, expired: str = "") -> Response:
    return _form(request, "login.expired" if expired else "")


@router.post("/login")
def login(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "",
) -> Response:
    if not _is_our_form(request, form):
        return _form(request, "login.expired", email, 403)
    from_one_place.count(request.client.host if request.client else "")
    who = email.strip().lower()
    try:
        if attempts.must_wait(who):
            return _form(request, "login.wait", email, 429)
        logged = _log_in(who, password)
    except WaitBeforeLogin:
        return _form(request, "login.wait", email, 429)
    if logged is None:
        attempts.failed(who)
        return _form(request, "login.wrong", email, 401)
    attempts.succeeded(who)
    return _welcome(logged)


@router.post("/logout")
def logout(at: AtDesk) -> Response:
    leave_desk(at.session, at.user)
    log_out(at.session, at.request.cookies[COOKIE])
    answer = RedirectResponse(LOGIN, status_code=303)
    answer.delete_cookie(COOKIE, path="/desk")
    return answer


@router.post("/theme")
def theme(at: AtDesk, to: Annotated[str, Form()]) -> Response:
    answer = Response(status_code=204)
    if to in {"light", "dark"}:
        answer.set_cookie(
            THEME_COOKIE, to, max_age=YEAR, path="/desk", httponly=True, samesite="lax", secure=is_secure()
        )
    return answer


def _log_in(email: str, password: str) -> LoggedIn | None:
    if len(password) > LONGEST_PASSWORD:
        return None
    with transaction(settings().database_url) as session:  # commits the count of failures too
        return log_in(session, REAL_TIME, email, password)


def _form(request: Request, message: str, email: str = "", status: int = 200) -> Response:
    """Its own token, also in a cookie that another site cannot set: nobody is logged in without meaning to."""
    words, token = Words(language_of(request)), secrets.token_urlsafe(24)
    values: dict[str, Any] = {
        "w": words,
        "message": words(message) if message else "",
        "email": email,
        "form": token,
        "theme": theme_of(request),
    }
    answer = page("login.html", status, **values)
    answer.set_cookie(FORM_COOKIE, token, path="/desk/login", httponly=True, samesite="strict", secure=is_secure())
    return answer


def _is_our_form(request: Request, token: str) -> bool:
    kept = request.cookies.get(FORM_COOKIE, "")
    return bool(kept) and secrets.compare_digest(kept, token)


def _welcome(logged: LoggedIn) -> Response:
    answer = RedirectResponse("/desk", status_code=303)
    # It lasts as long as the browser, and no longer than its row.
    answer.set_cookie(
        COOKIE,
        logged.token,
        path="/desk",
        httponly=True,
        samesite="lax",
        secure=is_secure(),
        max_age=int(IDLE.total_seconds()) * 2,
    )
    answer.delete_cookie(FORM_COOKIE, path="/desk/login")
    return answer
