"""The widget's one file, and the demonstration: pages such as a creditor's own help page, with the widget on them."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.templating import Jinja2Templates
from sqlalchemy import select

from api.widget_site.site import Site, site_of
from recovery.debts.find import creditor_by_key
from recovery.debts.records import Creditor
from recovery.errors import NotFound
from recovery.settings import settings
from recovery.store import transaction

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parent.parent / "static"
WIDGET = STATIC / "widget.js"
PAGES = Jinja2Templates(Path(__file__).parent / "pages")

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
FILE_HEADERS = {
    # Module scripts are fetched with CORS from creditors' sites; the file is the same for everybody.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
    "Vary": "Accept-Encoding",
}


@router.get("/widget.js")
def widget_file(
    if_none_match: Annotated[str, Header()] = "", accept_encoding: Annotated[str, Header()] = ""
) -> Response:
    plain, small, tag = _widget(WIDGET.stat().st_mtime_ns)
    zipped = "gzip" in accept_encoding
    etag = f'"{tag}-gz"' if zipped else f'"{tag}"'
    headers = {**FILE_HEADERS, "ETag": etag}
    if etag in if_none_match:
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(small if zipped else plain, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/demo", response_class=HTMLResponse)
def demo(request: Request) -> Response:
    _demonstrations_only()
    with transaction(settings().database_url) as session:
        sites = [
            site_of(creditor)
            for creditor in session.scalars(select(Creditor).order_by(Creditor.country.desc(), Creditor.name))
        ]
    return _page(request, "list.html", {"sites": sites})


@router.get("/demo/site.css")
@router.get("/demo/icon.svg")
def page_file(request: Request) -> Response:
    return FileResponse(STATIC / request.url.path.lstrip("/"), headers={"Cache-Control": "no-cache"})


@router.get("/demo/{key}", response_class=HTMLResponse)
def site(request: Request, key: str) -> Response:
    _demonstrations_only()
    return _page(request, "site.html", {"site": _site(key)})


@lru_cache(maxsize=1)
def _widget(_written_at: int) -> tuple[bytes, bytes, str]:
    plain = WIDGET.read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16]


def _site(key: str) -> Site:
    with transaction(settings().database_url) as session:
        creditor = creditor_by_key(session, key)
        if not creditor:
            raise NotFound("creditor", key)
        return site_of(creditor)


def _demonstrations_only() -> None:
    """A list of creditors is nobody's business in production."""
    if settings().env == "production":
        raise NotFound("page", "/demo")


def _page(request: Request, name: str, values: dict[str, object]) -> Response:
    return PAGES.TemplateResponse(request, name, values, headers=PAGE_HEADERS)
