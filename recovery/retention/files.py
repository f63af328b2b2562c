"""Files a debtor sent, and files that tell a whole conversation: put away, then destroyed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.documents.records import Document
from recovery.session.records import Attachment, Conversation
from recovery.settings import settings

THEIRS = "attachments/"  # what debtors send; receipts and agreements of ours are papers of the ledger, and stay
TELLS_ALL = "case_file"


def take_files(session: Session, talks: Sequence[Conversation], debtor_id: uuid.UUID | None) -> list[dict[str, Any]]:
    """[{"table","id","name","sha256","path"}]: no route finds them any more. Taken again after a crash, the same."""
    theirs = select(Attachment).where(
        Attachment.conversation_id.in_([talk.id for talk in talks]), Attachment.path.startswith(THEIRS)
    )
    files: list[Attachment | Document] = list(session.scalars(theirs))
    if debtor_id:
        told = select(Document).where(Document.debtor_id == debtor_id, Document.kind == TELLS_ALL, Document.path != "")
        files += session.scalars(told)
    return [_put_away(file) for file in files]


def destroy_files(files: Sequence[dict[str, Any]]) -> None:
    for file in files:
        (_folder() / file["path"]).unlink(missing_ok=True)


def destroy_now(attachment: Attachment) -> None:
    """A file that may not even be put away (health)."""
    if attachment.path.startswith(THEIRS):
        (_folder() / attachment.path).unlink(missing_ok=True)
        attachment.path, attachment.name = "", f"{attachment.id}"


def _put_away(file: Attachment | Document) -> dict[str, Any]:
    put = {"table": file.__tablename__, "id": str(file.id), "name": file.name, "sha256": file.sha256}
    place = f"sealed/{file.id.hex[-2:]}/{file.id}"
    source, target = _folder() / file.path, _folder() / place
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if source.is_file():
        source.replace(target)
    file.path, file.name = "", f"{file.id}"
    return {**put, "path": place}


def _folder() -> Path:
    return Path(settings().data_folder)
