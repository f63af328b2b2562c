"""What a file is, told by its content alone: whole photos and PDF documents, and nothing that is also something else.

A file that is cut short, or that a browser or an unpacker could read as a page, a script or an archive, is no kind we
take. Pictures keep what cameras write after their end (a second picture, a maker's notes).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PNG = b"\x89PNG\r\n\x1a\n"
_ALSO_A_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?php)[\s>/]", re.I)
_ZIP_END, _ZIP_END_WITHIN = b"PK\x05\x06", 65_535 + 22  # bytes: where an unpacker looks for an archive's directory
_PDF_TAIL = 2048  # bytes after which a reader no longer looks for the end of a document


def kind_of(content: bytes) -> str | None:
    """The MIME type, or None where it is no kind we take."""
    mime = next((mime for mime, is_one in _KINDS if is_one(content)), None)
    return None if not mime or _is_something_else(content, mime) else mime


def _is_something_else(content: bytes, mime: str) -> bool:
    if _ZIP_END in content[-_ZIP_END_WITHIN:]:
        return True
    # The words of a PDF may well speak of pages; a reader that guesses types looks at a file's beginning.
    looked_at = content[:1024] if mime == "application/pdf" else content
    return bool(_ALSO_A_PAGE.search(looked_at)) or (mime != "application/pdf" and b"%PDF-" in content[:1024])


def _is_jpeg(content: bytes) -> bool:
    """Its segments in order up to the picture, and the end mark after the last piece of it."""
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    place = 2
    while content[place : place + 1] == b"\xff":
        marker = content[place + 1 : place + 2]
        if marker in (b"\xda", b"\xd9"):
            return content.rfind(b"\xff\xd9") >= max(place, content.rfind(b"\xff\xda"))
        length = int.from_bytes(content[place + 2 : place + 4])
        if marker == b"\xff":
            place += 1
        elif length < 2:
            return False
        else:
            place += 2 + length
    return False


def _is_png(content: bytes) -> bool:
    """Every block with its right checksum, the last one at the end of the file."""
    if not content.startswith(_PNG):
        return False
    place, name = len(_PNG), b""
    while name != b"IEND" and place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        block, mark = content[place + 4 : place + 8 + length], content[place + 8 + length : place + 12 + length]
        if (not name and block[:4] != b"IHDR") or zlib.crc32(block).to_bytes(4) != mark:
            return False
        name, place = block[:4], place + 12 + length
    return name == b"IEND" and place == len(content)


def _is_webp(content: bytes) -> bool:
    """As long as it says it is (a byte of padding aside)."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or content[12:15] != b"VP8":
        return False
    return int.from_bytes(content[4:8], "little") + 8 in (len(content), len(content) - 1)


def _is_heic(content: bytes) -> bool:
    """A file of boxes, the first of which names a brand of pictures, none of them cut."""
    if content[4:8] != b"ftyp" or content[8:12] not in _HEIC_BRANDS:
        return False
    boxes = dict(_boxes(content))
    has_picture = b"mdat" in boxes or b"idat" in content
    return has_picture and b"cut" not in boxes and (b"meta" in boxes or b"moov" in boxes)


def _boxes(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Each outer box's name and size (ISO/IEC 14496-12, 4.2); `cut` where one goes beyond the end."""
    place = 0
    while place + 8 <= len(content):
        size, name, header = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8], 8
        if size == 1:
            size, header = int.from_bytes(content[place + 8 : place + 16]), 16
        if size == 0:  # to the end
            size = len(content) - place
        if size < header or place + size > len(content):
            yield b"cut", size
            return
        yield name, size
        place += size
    if place != len(content):
        yield b"cut", len(content) - place


def _is_pdf(content: bytes) -> bool:
    """From its first byte to its end mark."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") and b"%%EOF" in content[-_PDF_TAIL:]


_KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("image/jpeg", _is_jpeg),
    ("image/png", _is_png),
    ("image/webp", _is_webp),
    ("image/heic", _is_heic),
    ("application/pdf", _is_pdf),
)
