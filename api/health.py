"""Alive, ready, measured. Ready is looked at anew, at most once a second: it is true, and comes back by itself."""

from __future__ import annotations

import time
from functools import lru_cache
from threading import Lock
from typing import Any

import httpx
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from api.measures import refresh_measures
from recovery.settings import settings
from recovery.store import engine_for

router = APIRouter(tags=["health"])

_WORKERS = text("select count(*) from procrastinate_workers where last_heartbeat > now() - interval '10 seconds'")


@router.get("/health/live")
def live() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/health/ready")
def ready() -> JSONResponse:
    """200 while PostgreSQL and Rasa answer. Messages are taken as long as PostgreSQL does; `workers` is only told."""
    seen = _look(settings().rasa_url).now()
    good = seen["postgresql"] and seen["rasa"]
    return JSONResponse({"status": "ready" if good else "not ready", **seen}, status_code=200 if good else 503)


@router.get("/metrics")
def metrics() -> Response:
    refresh_measures()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class Look:
    """What was seen of the others, no older than a second."""

    def __init__(self, rasa_url: str) -> None:
        self._rasa = rasa_url.rstrip("/")
        self._http = httpx.Client(timeout=1.5, trust_env=False)
        self._lock = Lock()
        self._seen: dict[str, Any] = {}
        self._at = 0.0

    def now(self) -> dict[str, Any]:
        with self._lock:
            if time.monotonic() - self._at > 1:
                workers = self._workers()
                self._seen = {"postgresql": workers is not None, "rasa": self._rasa_answers(), "workers": workers or 0}
                self._at = time.monotonic()
            return self._seen

    def _workers(self) -> int | None:
        """How many workers live; None where PostgreSQL does not answer."""
        try:
            with engine_for(settings().database_url).connect() as connection:
                return int(connection.scalar(_WORKERS) or 0)
        except Exception:  # whatever keeps us from asking is what is being asked
            return None

    def _rasa_answers(self) -> bool:
        """/status is 200 once a model is loaded; where the API is not enabled, the root page has to do."""
        try:
            answer = self._http.get(f"{self._rasa}/status")
            return answer.is_success or (answer.status_code == 404 and self._http.get(f"{self._rasa}/").is_success)
        except httpx.HTTPError:
            return False


@lru_cache
def _look(rasa_url: str) -> Look:
    return Look(rasa_url)
