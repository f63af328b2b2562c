"""The desk, where people take over from the assistant: everything under /desk."""

from __future__ import annotations

from fastapi import APIRouter

from api.desk import acting, exporting, live, login, looking

router = APIRouter(include_in_schema=False)
for part in (login.router, live.router, looking.router, acting.router, exporting.router):
    router.include_router(part)
