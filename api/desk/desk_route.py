"""Errors of the desk are pages: the login where nobody is logged in, a sentence where something was refused."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute

from api.desk.door import COOKIE, NotLoggedIn, theme_of
from api.desk.pages import page
from api.desk.words import Words
from recovery.errors import NotFound, Refusal

LOGIN = "/desk/login"


class DeskRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Any]]:
        handle = super().get_route_handler()

        async def or_a_page(request: Request) -> Any:
            try:
                return await handle(request)
            except NotLoggedIn:
                return to_login(request)
            except Refusal as refused:
                return problem(request, refused.status, refused.kind)
            except RequestValidationError:
                return problem(request, 422, "other")

        return or_a_page


def to_login(request: Request) -> Response:
    address = f"{LOGIN}?expired=1" if COOKIE in request.cookies else LOGIN
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def problem(request: Request, status: int, kind: str) -> Response:
    words = Words(language_of(request))
    name = kind if kind in {"not-found", "forbidden"} else {"form-too-old": "forbidden"}.get(kind, "other")
    part = request.headers.get("HX-Request") == "true"
    template = "parts/problem.html" if part else "problem.html"
    return page(template, status, w=words, text=words(f"problems.{name}"), theme=theme_of(request))


def language_of(request: Request) -> str:
    """The browser's, for pages of nobody."""
    for wanted in request.headers.get("Accept-Language", "").split(","):
        if wanted.strip()[:2] in {"fr", "es"}:
            return wanted.strip()[:2]
    return "fr"


class UnknownConversation(NotFound):
    def __init__(self, key: object) -> None:
        super().__init__("conversation", key)
