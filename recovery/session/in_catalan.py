"""Catalan: whoever chooses it is attended by a person who writes it, and reads what we send and their papers in it (Codi de consum de
Catalunya 128-1; DI-13). The assistant understands it and answers in Spanish, and says so once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.folded import folded
from recovery.consent.opt_out import agreed_word
from recovery.debts.freeze import freeze
from recovery.handover.hand_over import country_of, hand_over
from recovery.identity.records import Debtor
from recovery.session.listening import heard_language, signals_in
from recovery.session.records import Conversation, Message
from recovery.session.say import say
from recovery.texts import text_for

CATALAN = "ca"
_DANGER = Path(__file__).parents[1] / "consent" / "words" / "danger_ca.yml"
ANSWERED_IN = "es"  # by the assistant, where Catalan is written


def attended_in_catalan(session: Session, clock: Clock, conversation: Conversation, message: Message) -> bool:
    """True where a person has it from here on: Catalan was chosen, now or before, and is written. Danger is heard by the assistant."""
    if message.pressed or not message.text:
        return False
    asked, chosen = agreed_word(message.text) == "catalan", _chosen(session, conversation)
    if not (asked or chosen) and not _may_be_offered(session, conversation):
        return False  # nothing below is for them, and every message comes by here
    if chosen and _danger().search(folded(message.text)):
        _care(session, clock, conversation, message)
        return True
    if "express_distress" in signals_in(message.text, ANSWERED_IN):
        return False
    heard, sure = heard_language(message.text, conversation.language)
    if asked:
        choose_catalan(session, clock, conversation)
    elif not chosen:
        if sure and heard == CATALAN:
            _offer(session, clock, conversation, message)
        return False
    elif sure and heard != CATALAN:
        return False  # who writes in Spanish is answered in Spanish (Ley 10/2025)
    conversation.language = CATALAN
    hand_over(session, clock, conversation, reason="catalan", words=message.text)
    say(
        session,
        clock,
        conversation,
        text_for("catalan_person", CATALAN),
        author="system",
        language=CATALAN,
        answers=message,
    )
    return True


def choose_catalan(session: Session, clock: Clock, conversation: Conversation) -> None:
    """Kept for the person where identity is proven, else for this conversation."""
    conversation.context = {**conversation.context, "chosen_language": CATALAN}
    conversation.language = CATALAN
    if conversation.identity == "verified" and conversation.debtor_id:
        session.get_one(Debtor, conversation.debtor_id).language = CATALAN
    session.flush()
    record_act(session, clock, "debtor", "language.chosen", f"conversation:{conversation.id}", language=CATALAN)


def _care(session: Session, clock: Clock, conversation: Conversation, message: Message) -> None:
    """As the assistant does it: a fixed caring text, nothing asked for any more, a person alerted at once (VU-06)."""
    if conversation.identity == "verified" and conversation.debtor_id:
        freeze(session, clock, debtor_id=conversation.debtor_id, kind="distress", conversation_id=conversation.id)
    conversation.language = CATALAN
    hand_over(session, clock, conversation, reason="distress", words=message.text)
    say(session, clock, conversation, text_for("distress", CATALAN), author="system", language=CATALAN, answers=message)


@cache
def _danger() -> re.Pattern[str]:
    return re.compile("|".join(yaml.safe_load(_DANGER.read_text(encoding="utf-8"))))


def _chosen(session: Session, conversation: Conversation) -> bool:
    known = conversation.identity == "verified" and conversation.debtor_id
    debtor = session.get(Debtor, conversation.debtor_id) if known else None
    return CATALAN in (
        conversation.language, conversation.context.get("chosen_language"), debtor.language if debtor else None
    )  # fmt: skip


def _may_be_offered(session: Session, conversation: Conversation) -> bool:
    """Once, in Spain."""
    return not conversation.context.get("catalan_offered") and country_of(session, conversation) == "ES"


def _offer(session: Session, clock: Clock, conversation: Conversation, message: Message) -> None:
    conversation.context = {**conversation.context, "catalan_offered": True}
    text = text_for("catalan_offered", CATALAN)
    say(session, clock, conversation, text, author="system", language=CATALAN, answers=message)
