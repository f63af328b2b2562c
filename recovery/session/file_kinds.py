"""What a file is, told by its content alone: photos and PDF documents, and nothing that is also something else.

A file that a browser or an unpacker could read as a page, a script or an archive is no kind we take. One that is damaged
or cut short is kept all the same: it is somebody's evidence, and a person sees whether it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_ALSO_A_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?php)[\s>/]", re.I)
_ZIP_END, _ZIP_END_WITHIN = b"PK\x05\x06", 65_535 + 22  # bytes: where an unpacker looks for an archive's directory


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
    return content.startswith(b"\xff\xd8\xff")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    """A file of boxes (ISO/IEC 14496-12, 4.3) whose first names a brand of pictures."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _is_pdf(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")


_KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("image/jpeg", _is_jpeg),
    ("image/png", _is_png),
    ("image/webp", _is_webp),
    ("image/heic", _is_heic),
    ("application/pdf", _is_pdf),
)
