"""What the assistant is asked: the words, and what is known about them.

Kept with the message, so that another try asks the same.
"""

from __future__ import annotations

from typing import Any

from recovery.clock import Clock, local_day
from recovery.session.clean_text import for_the_model
from recovery.session.in_catalan import ANSWERED_IN
from recovery.session.listening import SPOKEN, language_of
from recovery.session.records import Conversation, Message
from recovery.session.waiting import Waiting

DEFAULT_ZONE = {"fr": "Europe/Paris", "es": "Europe/Madrid"}
WITHOUT_WORDS = "/inform"  # a document alone: something was given


def question_for(clock: Clock, waiting: Waiting) -> dict[str, Any]:
    """{"text", "metadata"} as Rasa's REST channel takes them.

    A payload comes from a button of ours, never from the debtor's text.
    """
    message, conversation = waiting.message, waiting.conversation
    language = _language(conversation, message)
    return {
        "text": message.pressed or (for_the_model(message.text) if message.text else WITHOUT_WORDS),
        "metadata": {
            "conversation_id": str(conversation.id),
            "message_id": str(message.id),
            "language": language,
            "expecting": conversation.expecting,
            "identity": conversation.identity,
            "channel": conversation.channel,
            "today": local_day(clock, waiting.zone or DEFAULT_ZONE[language]).isoformat(),
            "creditor_name": waiting.creditor,
            "debtor_known": conversation.debtor_id is not None,
            "masked": message.masked,
            "attachment_ids": [str(attachment) for attachment in waiting.attachments],
        },
    }


def _language(conversation: Conversation, message: Message) -> str:
    """Of those the assistant speaks: Catalan is answered in Spanish (recovery/session/in_catalan.py)."""
    spoken = conversation.language if conversation.language in SPOKEN else ANSWERED_IN
    return spoken if message.pressed or not message.text else language_of(message.text, spoken)
