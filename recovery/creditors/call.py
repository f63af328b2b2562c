"""One call to a creditor's own system: signed, under a key of its own, with little patience. What goes wrong stops here.

`POST notify_url`, JSON, with `Idempotency-Key` (the notice, the same at every try) and `Entente-Signature: t=<seconds>,v1=<hex
HMAC-SHA256 of "t.body">` under the creditor's key. Any 2xx is taken as read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from channels.contract import TemporaryFailure

# Seconds to connect, and to answer: a receiver stores it and works later.
PATIENCE = httpx.Timeout(10.0, connect=3.0)


def call(url: str, key: str, notice_id: str, body: Mapping[str, Any], at: datetime) -> None:
    """Raises TemporaryFailure alone: an address that is wrong today is mended tomorrow, and the news is owed all the same."""
    content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    stamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": notice_id,
        "Entente-Signature": f"t={stamp},v1={signature(key, stamp, content)}",
    }
    try:
        # No redirection is followed: it would carry personal data where nobody said.
        answer = httpx.post(url, content=content, headers=headers, timeout=PATIENCE, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TemporaryFailure(f"The creditor's system cannot be reached: {type(error).__name__}") from error
    if not answer.is_success:
        raise TemporaryFailure(f"The creditor's system answered {answer.status_code}", _asked(answer))


def signature(key: str, stamp: str, content: bytes) -> str:
    return hmac.new(key.encode(), stamp.encode() + b"." + content, hashlib.sha256).hexdigest()


def _asked(answer: httpx.Response) -> float | None:
    """Seconds it asked us to wait."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdigit() else None
