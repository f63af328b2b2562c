"""Opening the widget: a new conversation, an earlier one taken up again, or one begun from a signed link."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from api.widget.holder import conversation_held
from api.widget.origins import check_origin, check_origin_of
from recovery.clock import Clock
from recovery.debts.find import creditor_by_key
from recovery.debts.records import Creditor
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.session.open_conversation import open_conversation
from recovery.session.place import arrive_by_link
from recovery.session.records import Conversation
from recovery.session.tokens import NotYours, conversation_of, read_link
from recovery.texts import LANGUAGES

LANGUAGE_OF_COUNTRY = {"FR": "fr", "ES": "es"}


def open_session(
    session: Session, clock: Clock, *, creditor: str | None, languages: list[str], token: str | None, origin: str | None
) -> Conversation:
    """`languages`: wished for, in order. Raises NotFound, Forbidden or NotYours."""
    whose = _creditor(session, creditor)
    check_origin(origin, whose)
    link = None
    if token:
        try:
            earlier = conversation_held(session, conversation_of(clock, token))
            check_origin_of(session, origin, earlier)
            return earlier
        except NotYours:
            link = read_link(clock, token)
    debtor = session.get(Debtor, link.debtor_id) if link else None
    language = _language([*languages, debtor.language if debtor else None], whose)
    conversation = open_conversation(session, clock, "web", secrets.token_urlsafe(18), whose, language)
    if link:
        arrive_by_link(session, clock, conversation, link)
    return conversation


def _creditor(session: Session, key: str | None) -> Creditor | None:
    if not key:
        return None
    found = creditor_by_key(session, key)
    if not found:
        raise NotFound("creditor", key)
    return found


def _language(wished: list[str | None], creditor: Creditor | None) -> str:
    ours = [short for wish in wished if wish and (short := wish[:2].lower()) in LANGUAGES]
    by_country = LANGUAGE_OF_COUNTRY.get(creditor.country, LANGUAGES[0]) if creditor else LANGUAGES[0]
    return ours[0] if ours else by_country
