"""A conversation's code, read out to the creditor, finds that conversation and opens nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.identity.case_code import case_code, conversation_of_code
from tests import cast


def test_the_code_finds_its_conversation(session: Session) -> None:
    talk = cast.conversation_of(session, cast.camille(session))
    assert conversation_of_code(session, case_code(talk).lower()) is talk
    assert conversation_of_code(session, case_code(talk).replace("-", "")) is talk


def test_another_word_finds_none(session: Session) -> None:
    cast.conversation_of(session)
    assert conversation_of_code(session, "0000-0000") is None
    assert conversation_of_code(session, "Camille") is None
