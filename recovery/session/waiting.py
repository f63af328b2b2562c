"""A debtor's message whose turn has come, with what is known around it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from recovery.session.records import Conversation, Message


@dataclass(frozen=True)
class Waiting:
    """`creditor`: whose site this is, by name; `zone`: the debtor's, once known; `silent`: they asked for silence."""

    message: Message
    conversation: Conversation
    creditor: str | None
    zone: str | None
    silent: bool
    attachments: list[uuid.UUID]
