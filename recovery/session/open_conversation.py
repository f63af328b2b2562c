"""A conversation begins with who is speaking, how to reach a person and how to stop."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.records import Creditor
from recovery.session.hold import now_held
from recovery.session.records import Conversation
from recovery.session.say import say
from recovery.settings import settings
from recovery.texts import text_for


def open_conversation(
    session: Session,
    clock: Clock,
    channel: str,
    address: str,
    creditor: Creditor | None,
    language: str,
    *,
    solicited: bool = False,
) -> Conversation:
    """Stores the conversation and its opening message (AI Act 50: an automated assistant speaks, told first).

    `solicited`: the debtor came to us. Where we write first, an opt-out of that address refuses (MayNotBeSaid).
    """
    conversation = Conversation(
        channel=channel,
        address=address,
        creditor_id=creditor.id if creditor else None,
        language=language,
        mode="bot",
        identity="unverified",
        claimed={},
        context={},
        identity_failures=0,
        last_seq=0,
        created_at=clock.now(),
        disclosed_at=clock.now(),
    )
    session.add(conversation)
    session.flush()
    now_held(session, conversation)
    # A creditor is named on its own site alone; anywhere else its name would already say too much (ID-03).
    name = creditor.name if creditor else settings().operator_name
    say(session, clock, conversation, text_for("opening", language, name=name), solicited=solicited or channel == "web")
    return conversation
