"""How mail providers hand a message over: as it is, or inside their own form. And how they prove who they are."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from email import message_from_bytes, policy
from urllib.parse import parse_qs

from channels.messages import Call

OLDEST = 15 * 60  # seconds a signed call stays good
_RAW_IN_FORM = ("email", "body-mime")  # SendGrid's Inbound Parse (raw), Mailgun's routes that end with "mime"
_RAW_IN_JSON = "RawEmail"  # Postmark's inbound stream, raw content included


def is_signed(call: Call, secret: bytes) -> bool:
    """`X-Signature`: the hexadecimal HMAC-SHA256 of `{X-Timestamp}.{body}`."""
    at, signature = call.headers.get("x-timestamp", ""), call.headers.get("x-signature", "")
    if not at.isdecimal() or abs(time.time() - int(at)) > OLDEST:
        return False
    expected = hmac.new(secret, f"{at}.".encode() + call.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.lower().encode())


def has_password(call: Call, password: str) -> bool:
    """`Authorization: Bearer` or `Basic` (any user), for providers that sign nothing. Never where none is set."""
    kind, _, given = call.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif kind.lower() != "bearer":
        return False
    return bool(password) and hmac.compare_digest(given.strip().encode(), password.encode())


def raw_of(call: Call) -> bytes:
    """The message itself. Raises ValueError where a form does not hold it."""
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _found(json.loads(call.body).get(_RAW_IN_JSON), _RAW_IN_JSON)
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qs(call.body.decode(errors="surrogateescape"), encoding="utf-8", errors="surrogateescape")
        return _found(next((fields[name][0] for name in _RAW_IN_FORM if name in fields), None), "body-mime")
    if kind == "multipart/form-data":
        return _of_parts(call)
    return call.body


def _of_parts(call: Call) -> bytes:
    form = message_from_bytes(
        f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode() + call.body, policy=policy.HTTP
    )
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        if part.get_param("name", header="content-disposition") in _RAW_IN_FORM and isinstance(content, bytes):
            return content
    raise ValueError("a form with the raw message (email or body-mime) was expected")


def _found(text: object, name: str) -> bytes:
    if not isinstance(text, str) or not text:
        raise ValueError(f"{name}, the raw message, was expected")
    return text.encode(errors="surrogateescape")
