"""Small files that really are what they seem: pictures and a document, made here byte by byte."""

from __future__ import annotations

import zlib


def _png_block(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content


def jpeg(filling: int = 0) -> bytes:
    """A grey dot; `filling` bytes of a maker's notes make it heavier."""
    notes = b"".join(b"\xff\xef\xff\xff" + bytes(65_533) for _ in range(filling // 65_537))
    rest = filling - len(notes)
    notes += b"\xff\xef" + (rest - 2).to_bytes(2) + bytes(rest - 4) if rest >= 4 else b""
    return JPEG[:2] + notes + JPEG[2:]


JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100"
    "ffc4001400010000000000000000000000000000000affc40014100100000000000000000000000000000000"
    "ffda0008010100003f0037ffd9"
)
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _png_block(b"IHDR", (1).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00")
    + _png_block(b"IDAT", zlib.compress(b"\x00\x80"))
    + _png_block(b"IEND", b"")
)
WEBP = (
    b"RIFF" + (26).to_bytes(4, "little") + bytes.fromhex("574542505650384c0d0000002f0000001007101111888808070000")[:26]
)
HEIC = _box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + _box(b"meta", bytes(40)) + _box(b"mdat", bytes(64))
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
