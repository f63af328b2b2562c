"""DKIM (RFC 6376): our own signature where a key is given; otherwise the provider signs as it sends."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

from channels.settings import Given, WrongSetting

# What a receiver must be able to trust (RFC 6376, 5.4.1; RFC 8058 asks for the last two). Named twice: nobody adds one.
SIGNED = (b"from", b"from", b"to", b"subject", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to",
          b"references", b"mime-version", b"content-type", b"content-transfer-encoding", b"list-unsubscribe",
          b"list-unsubscribe-post")  # fmt: skip


@dataclass(frozen=True)
class Signer:
    domain: bytes
    selector: bytes
    key: bytes

    def signed(self, mail: EmailMessage) -> bytes:
        content = mail.as_bytes()
        header: bytes = dkim.sign(
            content, self.selector, self.domain, self.key, canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name for name in SIGNED if mail[name.decode()]],
        )  # fmt: skip
        return header + content


def signer_from(given: Given, sender: str) -> Signer | None:
    """None where no selector is set. Raises WrongSetting where its key cannot be used."""
    selector = given.text("ENTENTE_EMAIL_DKIM_SELECTOR")
    if not selector:
        return None
    file = Path(given.needed("ENTENTE_EMAIL_DKIM_KEY_FILE", "the RSA private key whose public half is in the DNS"))
    try:
        key = file.read_bytes()
        parse_pem_private_key(key)
    except (OSError, UnparsableKeyError, ValueError, IndexError) as error:
        raise WrongSetting(
            f"ENTENTE_EMAIL_DKIM_KEY_FILE: no RSA private key in PEM ({type(error).__name__})."
        ) from None
    return Signer(sender.rpartition("@")[2].encode(), selector.encode(), key)
