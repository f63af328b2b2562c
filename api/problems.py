"""Errors as RFC 9457 problem documents: what went wrong in a sentence, for whoever integrates with us."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from recovery.errors import Refusal

log = logging.getLogger(__name__)

TYPES = "https://entente.invalid/problems/"  # an identifier, not an address to visit


class Problem(JSONResponse):
    media_type = "application/problem+json"

    def __init__(self, status: int, kind: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        body = {
            "type": f"{TYPES}{kind}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            **more,
        }
        super().__init__(body, status_code=status, headers=headers)


def tell_problems(app: FastAPI) -> None:
    """Every error of this application leaves as a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _store_away)
    app.add_exception_handler(Exception, _unexpected)


def _refused(_: Request, error: Any) -> Problem:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    more = {"rules": error.rules} if hasattr(error, "rules") else {}
    return Problem(error.status, error.kind, error.detail, headers, **more)


def _invalid(_: Request, error: Any) -> Problem:
    errors = [{"where": ".".join(str(part) for part in e["loc"]), "what": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{e['where']}: {e['what']}" for e in errors)
    return Problem(422, "invalid", detail, errors=errors)


def _http(_: Request, error: Any) -> Problem:
    kind = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return Problem(error.status_code, kind, str(error.detail), error.headers)


def _store_away(request: Request, error: Any) -> Problem:
    if not error.connection_invalidated and "connection" not in str(error.orig).lower():
        log.error("%s %s", request.method, request.url.path, exc_info=error)
        return _unexpected(request, error)
    log.warning("PostgreSQL is away: %s", error.orig)
    return Problem(
        503, "try-again", "The service cannot reach its database; try again in a moment.", {"Retry-After": "2"}
    )


def _unexpected(_: Request, __: Any) -> Problem:
    """The server logs the error itself, with its traceback."""
    return Problem(500, "unexpected", "Something went wrong on our side; it has been noted.")
