"""Templates made into answers. Everything is escaped; nothing runs but our own files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
OURS = HERE / "static"
VENDOR = HERE.parent / "static" / "vendor"  # from npm, at set-up

FILES = {
    "colours.css": (OURS, "text/css"),
    "ground.css": (OURS, "text/css"),
    "desk.css": (OURS, "text/css"),
    "desk.js": (OURS, "text/javascript"),
    "mark.svg": (OURS, "image/svg+xml"),
    "htmx.min.js": (VENDOR, "text/javascript"),
    "htmx-sse.min.js": (VENDOR, "text/javascript"),
    "inter-latin-wght-normal.woff2": (VENDOR, "font/woff2"),
}

# No inline script nor style: a debtor's words, whatever they hold, cannot become either.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store", "Vary": "HX-Request"}


def page(name: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
    return HTMLResponse(rendered(name, **values), status_code=status, headers={**HEADERS, **(headers or {})})


def rendered(name: str, **values: Any) -> str:
    return _environment().get_template(name).render(values)


def static_file(name: str) -> tuple[Path, str] | None:
    """The file and its MIME type, where it is one of those the pages load."""
    folder, mime = FILES.get(name, (None, ""))
    return (folder / name, mime) if folder and (folder / name).is_file() else None


def static_address(name: str) -> str:
    """With the file's hash, so that a new version is fetched and an old one is kept."""
    return f"/desk/static/{name}?v={_hash_of(name)}"


@lru_cache(maxsize=16)
def _hash_of(name: str) -> str:
    found = static_file(name)
    return hashlib.sha256(found[0].read_bytes()).hexdigest()[:12] if found else ""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_address
    environment.filters["initials"] = _initials
    environment.filters["tint"] = _tint
    return environment


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def _tint(name: str) -> int:
    """One of eight colours, always the same for one name."""
    return hashlib.sha256(name.encode()).digest()[0] % 8
