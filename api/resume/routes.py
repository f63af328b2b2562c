"""`/c/{token}`: where a personal link leads. The page opens the chat; the link is used when the visitor does, so that a
preview of the link, or a scanner of mail, uses nothing up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from api.widget_site.routes import PAGE_HEADERS
from recovery.settings import settings
from recovery.texts import WRITTEN

router = APIRouter(include_in_schema=False)

HERE = Path(__file__).parent
PAGES = Jinja2Templates(HERE / "templates")
LONGEST_TOKEN = 300
# Nobody keeps it, nobody is told where the visitor came from: the address is the secret.
HEADERS = {
    **PAGE_HEADERS,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@router.get("/c/{token}", response_class=HTMLResponse)
def go_on(request: Request, token: str, accept_language: Annotated[str, Header()] = "") -> Response:
    """The same page for any token: whether one is good is told to the chat alone."""
    language = _language(accept_language)
    values = {
        "language": language,
        "name": settings().operator_name,
        "token": token[:LONGEST_TOKEN],
        "texts": _texts(language),
    }
    return PAGES.TemplateResponse(request, "go_on.html", values, headers=HEADERS)


def _language(accepted: str) -> str:
    wished = [wish.strip()[:2].lower() for wish in accepted.split(",")]
    return next((wish for wish in wished if wish in WRITTEN), WRITTEN[0])


@cache
def _texts(language: str) -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load((HERE / "texts" / f"{language}.yml").read_text(encoding="utf-8"))
    return texts
