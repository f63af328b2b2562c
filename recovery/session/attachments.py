"""Documents that come with a message, or that we make: recognised by their content, kept under the data folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.errors import Refusal
from recovery.session.clean_text import clean
from recovery.session.file_kinds import EXTENSIONS, kind_of
from recovery.session.records import Attachment, Conversation
from recovery.settings import settings
from recovery.store import time_ordered_id

LARGEST = 10 * 1024 * 1024  # bytes
MOST_IN_ONE_CONVERSATION = 50
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\n\t]+')


class UnknownKindOfFile(Refusal):
    status = 415
    kind = "unknown-kind-of-file"

    def __init__(self) -> None:
        super().__init__(
            "Whole photos (JPEG, PNG, WebP, HEIC) and PDF documents are accepted; this file is none of them."
        )


class FileTooLarge(Refusal):
    status = 413
    kind = "file-too-large"

    def __init__(self) -> None:
        super().__init__("A file may weigh 10 MB at most.")


class TooManyFiles(Refusal):
    kind = "too-many-files"

    def __init__(self) -> None:
        super().__init__(f"A conversation holds {MOST_IN_ONE_CONVERSATION} files at most.")


def keep_attachment(
    session: Session, clock: Clock, conversation: Conversation, name: str, content: bytes
) -> Attachment:
    """The stored file, not yet part of a message.

    What it is called says nothing about what it is: the content is looked at.
    """
    if len(content) > LARGEST:
        raise FileTooLarge()
    mime = kind_of(content)
    if not mime:
        raise UnknownKindOfFile()
    if _kept_already(session, conversation) >= MOST_IN_ONE_CONVERSATION:
        raise TooManyFiles()
    key = time_ordered_id()
    attachment = Attachment(
        id=key,
        conversation_id=conversation.id,
        name=_plain_name(name, mime),
        mime=mime,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=f"attachments/{key.hex[-2:]}/{key}",
        created_at=clock.now(),
    )
    _write(file_of(attachment), content)
    session.add(attachment)
    session.flush()
    return attachment


def file_of(attachment: Attachment) -> Path:
    return Path(settings().data_folder) / attachment.path


def _kept_already(session: Session, conversation: Conversation) -> int:
    # Documents we make are told by their own folder, and count for nobody.
    theirs = Attachment.path.startswith("attachments/")
    asked = select(func.count()).where(Attachment.conversation_id == conversation.id, theirs)
    return session.scalar(asked) or 0


def _plain_name(name: str, mime: str) -> str:
    """Without what no file system takes, and with the extension of what it is: what it was called is no proof."""
    plain = _UNSAFE_IN_NAMES.sub(" ", clean(name)).strip(" .")
    stem, _, extension = plain.rpartition(".")
    if extension.lower() not in EXTENSIONS[mime]:
        stem, extension = (stem if re.fullmatch(r"\w{1,5}", extension) else plain), EXTENSIONS[mime][0]
    return f"{stem.strip(' .')[-90:] or 'document'}.{extension}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
