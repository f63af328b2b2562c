"""What needs no understanding: agreed words, a conversation a person holds, a debtor who asked for silence.

Works with Rasa down.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.consent.opt_out import agreed_word, opt_out, reopen
from recovery.session.in_catalan import attended_in_catalan
from recovery.session.listening import signals_in
from recovery.session.records import Conversation, Message
from recovery.session.say import say
from recovery.session.waiting import Waiting
from recovery.texts import text_for

# These are heard even from somebody who asked for silence.
HEARD_THROUGH_SILENCE = {"ask_human", "express_distress"}


def answered_without_the_assistant(session: Session, clock: Clock, waiting: Waiting) -> bool:
    """True where this message asks nothing of the assistant; what it did ask for is done."""
    message, conversation = waiting.message, waiting.conversation
    if conversation.mode == "closed":  # whoever writes again is answered again
        conversation.mode = "bot"
    word = None if message.pressed else agreed_word(message.text)
    if word in {"stop_here", "stop_everywhere"}:
        _stop(session, clock, waiting, everywhere=word == "stop_everywhere")
        return True
    if word == "reopen" and reopen(session, clock, conversation):
        say(session, clock, conversation, text_for("reopened", conversation.language), author="system", answers=message)
        return True
    if conversation.mode == "human":
        return True
    if not waiting.silent and attended_in_catalan(session, clock, conversation, message):
        return True
    return waiting.silent and word != "person" and not _must_be_heard(conversation, message)


def _stop(session: Session, clock: Clock, waiting: Waiting, *, everywhere: bool) -> None:
    message, conversation = waiting.message, waiting.conversation
    opt_out(session, clock, conversation, None if everywhere else conversation.channel, message.text)
    if not waiting.silent:  # one confirmation, then silence
        text = text_for("stop_everywhere" if everywhere else "stop_here", conversation.language)
        say(session, clock, conversation, text, author="system", answers=message)


def _must_be_heard(conversation: Conversation, message: Message) -> bool:
    return bool(HEARD_THROUGH_SILENCE & set(signals_in(message.text, conversation.language)))
