"""HTTP to a provider: what goes wrong is told as a failure that may pass, or one that will not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from channels.contract import PermanentFailure, TemporaryFailure

LARGEST_FILE = 10 * 1024 * 1024  # bytes; what the service keeps
PASSING = {408, 425, 429}  # and every 5xx


def client(base: str = "", *, timeout: float, **given: Any) -> httpx.Client:
    """Verifies certificates and follows no redirection by itself."""
    return httpx.Client(base_url=base, timeout=timeout, **given)


@contextmanager
def failures_told(provider: str) -> Iterator[None]:
    """The network's own troubles pass; an address that is no address does not."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise PermanentFailure(f"{provider}: {error}") from error
    except httpx.HTTPError as error:
        raise TemporaryFailure(f"{provider} cannot be reached: {type(error).__name__}") from error


def passes(status: int) -> bool:
    return status in PASSING or status >= 500


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a number or a date (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after") or headers.get("Retry-After")
    if not said:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def download(
    http: httpx.Client, provider: str, url: str, *, hosts: frozenset[str], auth: tuple[str, str] | None = None
) -> bytes:
    """A file of ten megabytes at most.

    Only from `hosts` (host:port) at first: a forged address must not make us call our own network with our password.
    Where that host sends us elsewhere, the password stays behind (httpx drops it at another origin).
    """
    if urlsplit(url).netloc not in hosts:
        raise PermanentFailure(f"{provider} never keeps files there")
    with (
        failures_told(provider),
        http.stream("GET", url, auth=auth or httpx.USE_CLIENT_DEFAULT, follow_redirects=True) as answer,
    ):
        if passes(answer.status_code):
            raise TemporaryFailure(f"{provider} answered {answer.status_code}", retry_after(answer.headers))
        if answer.status_code != 200:
            raise PermanentFailure(f"{provider} has no such file ({answer.status_code})")
        return _at_most(answer, LARGEST_FILE)


def _at_most(answer: httpx.Response, longest: int) -> bytes:
    content = bytearray()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > longest:
            raise PermanentFailure("This file is too large to be kept")
    return bytes(content)
