"""The short code of a conversation: whoever doubts us gives it to the creditor's published number, and is told whether it is ours."""

from __future__ import annotations

import re

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from recovery.session.records import Conversation

# The end of the conversation's id is drawn at random; eight signs are easily said on the telephone.
LENGTH = 8
WRITTEN = re.compile(r"[0-9A-F]{4}-?[0-9A-F]{4}")


def case_code(conversation: Conversation) -> str:
    """`7F3A-91C2`. It opens nothing: it only names the conversation."""
    signs = conversation.id.hex[-LENGTH:].upper()
    return f"{signs[:4]}-{signs[4:]}"


def conversation_of_code(session: Session, code: str) -> Conversation | None:
    """The conversation of a code as somebody reads it out, None where there is none."""
    signs = code.strip().upper()
    if not WRITTEN.fullmatch(signs):
        return None
    ends = cast(Conversation.id, String).endswith(signs.replace("-", "").lower())
    return session.scalars(select(Conversation).where(ends).limit(1)).first()
