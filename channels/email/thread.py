"""Which message of ours an e-mail answers: told by our own Message-ID, or by a sealed tag in the address it was sent to."""

from __future__ import annotations

import hashlib
import hmac
import re
from email.message import EmailMessage
from email.utils import getaddresses

SEAL = 12  # hexadecimal figures
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TAG = re.compile(rf"\+([0-9a-f]{{32}})([0-9a-f]{{{SEAL}}})@", re.I)
_ADDRESSED_BY = ("To", "Cc", "Delivered-To", "X-Original-To")


def tagged(sender: str, key: str, secret: bytes) -> str:
    """`contact+<key><seal>@…`: where an answer to this message goes. The address as it is where the key is no number."""
    if not _KEY.fullmatch(key):
        return sender
    local, _, domain = sender.rpartition("@")
    bare = key.replace("-", "")
    return f"{local}+{bare}{_seal(bare, secret)}@{domain}"


def message_id(key: str, sender: str) -> str:
    """The same at every try: mailboxes show it once."""
    return f"<{key}@{sender.rpartition('@')[2]}>"


def answered_key(mail: EmailMessage, sender: str, secret: bytes) -> str | None:
    """The key of the message of ours that this answers, or None. A tag whose seal is wrong is nobody's."""
    return _by_tag(mail, secret) or _by_reference(mail, sender)


def _by_tag(mail: EmailMessage, secret: bytes) -> str | None:
    written = [str(value) for name in _ADDRESSED_BY for value in mail.get_all(name, [])]
    for _, address in getaddresses(written):
        found = _TAG.search(address)
        if found and hmac.compare_digest(_seal(found[1].lower(), secret), found[2].lower()):
            key = found[1].lower()
            return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    return None


def _by_reference(mail: EmailMessage, sender: str) -> str | None:
    """The last one named is the nearest."""
    named = f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}"
    ours = re.findall(rf"<({_KEY.pattern})@{re.escape(sender.rpartition('@')[2])}>", named)
    return ours[-1] if ours else None


def _seal(bare: str, secret: bytes) -> str:
    return hmac.new(secret, f"thread\n{bare}".encode(), hashlib.sha256).hexdigest()[:SEAL]
