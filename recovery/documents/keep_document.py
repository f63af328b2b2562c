"""A printed sheet is kept once: the same bytes for the same person are the same document."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.documents.printed import print_sheet
from recovery.documents.records import Document
from recovery.documents.sheet import Sheet
from recovery.identity.records import Debtor
from recovery.session.records import Attachment, Conversation
from recovery.settings import settings
from recovery.store import time_ordered_id


def keep_document(
    session: Session, clock: Clock, kind: str, sheet: Sheet, debtor: Debtor, facts: dict[str, Any], **about: Any
) -> Document:
    """`about`: creditor_id, payment_id, plan_id."""
    content = print_sheet(sheet)
    sha256 = hashlib.sha256(content).hexdigest()
    # Two who ask at once must not keep it twice.
    session.execute(select(Debtor.id).where(Debtor.id == debtor.id).with_for_update())
    kept = session.scalar(
        select(Document).where(Document.debtor_id == debtor.id, Document.kind == kind, Document.sha256 == sha256)
    )
    if kept:
        return kept
    key = time_ordered_id()
    document = Document(
        id=key,
        kind=kind,
        number=sheet.number,
        name=f"{sheet.number}.pdf",
        language=sheet.language,
        debtor_id=debtor.id,
        size=len(content),
        sha256=sha256,
        path=f"documents/{key.hex[-2:]}/{key}.pdf",
        facts=facts,
        created_at=clock.now(),
        **about,
    )
    path = file_of_document(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    session.add(document)
    session.flush()
    record_act(
        session, clock, "system", "document.made", f"document:{key}", kind=kind, number=sheet.number, sha256=sha256
    )
    return document


def file_of_document(document: Document) -> Path:
    return Path(settings().data_folder) / document.path


def attach(session: Session, clock: Clock, conversation: Conversation, document: Document) -> uuid.UUID:
    """The document as a file of this conversation, to go with a message; both read the same bytes."""
    attachment = Attachment(
        id=time_ordered_id(),
        conversation_id=conversation.id,
        name=document.name,
        mime="application/pdf",
        size=document.size,
        sha256=document.sha256,
        path=document.path,
        created_at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    return attachment.id
