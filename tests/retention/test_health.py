"""What debtors say of their health is used for the help it asks for and goes; the kind alone stays while the case is open (ID-14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine, first_broken_line
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import open_dispute
from recovery.handover.hand_over import hand_over
from recovery.handover.logins import add_user
from recovery.handover.records import Note
from recovery.retention.health import erase_health_words
from recovery.retention.seal import seal_closed_cases
from recovery.session.attachments import file_of, keep_attachment
from recovery.session.receive import receive
from recovery.session.records import ActionRun, Conversation, ExternalEvent, Message
from recovery.session.say import say
from tests import cast
from tests.retention.test_seal import PDF, everything

pytestmark = pytest.mark.usefixtures("surroundings")

SAID = "je suis en chimiothérapie pour un cancer du sein"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def talk(session: Session) -> Conversation:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    debt.debtor.hardship_kind = "illness"
    return cast.conversation_of(session, debt.debtor, debt.creditor)


def said(session: Session, clock: FrozenClock, talk: Conversation, text: str, **heard: Any) -> Message:
    message = receive(session, clock, talk, text, f"c-{text[:12]}", attachment_ids=heard.pop("attachment_ids", ()))
    message.nlu, message.handled_at, message.asked = heard or None, clock.now(), {"text": text}
    talk.last_inbound_at = clock.now()
    session.flush()
    return message


def test_words_go_once_nobody_works_on_them(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    certificate = keep_attachment(session, clock, talk, "certificat.pdf", PDF)
    path = file_of(certificate)
    message = said(
        session, clock, talk, SAID, attachment_ids=[certificate.id],
        intent={"name": "report_hardship"}, entities=[{"entity": "hardship_kind", "value": "illness", "text": "cancer"}],
    )  # fmt: skip
    session.add(ActionRun(message_id=message.id, action="action_hardship", answer={"heard": SAID}, at=clock.now()))
    session.add(
        ExternalEvent(
            source="sms/twilio", external_id=str(message.client_message_id), body={"Body": SAID},
            received_at=clock.now(), handled_at=clock.now(),
        )
    )  # fmt: skip
    handover = hand_over(session, clock, talk, reason="hardship", words=SAID, extra={"proposal": SAID})
    clock.advance(ONE_DAY)
    assert erase_health_words(session, clock) == []  # a person has it, and reads it
    handover.state, handover.ended_at = "resolved", clock.now()
    assert erase_health_words(session, clock) == [message]
    assert "cancer" not in everything(session)
    assert not path.exists()
    assert message.text == "[Ce qui concernait la santé n'est plus conservé.]"
    assert (message.nlu or {})["intent"] == {"name": "report_hardship"}
    debtor = session.get_one(Debt, session.scalars(select(Debt.id)).one()).debtor
    assert debtor.hardship_kind == "illness"
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None
    assert (line.act, line.facts["messages"]) == ("health.erased", [message.seq])
    assert first_broken_line(session) is None
    assert erase_health_words(session, clock) == []


@pytest.mark.parametrize(
    "text",
    [
        "j'ai été hospitalisé tout le mois",
        "je suis en dépression depuis mars",
        "ma femme est enceinte et arrêtée",
        "estoy de baja por un accidente",
        "me han diagnosticado un cáncer",
    ],
)
def test_told_to_a_person_it_is_seen_all_the_same(
    session: Session, clock: FrozenClock, talk: Conversation, text: str
) -> None:
    message = said(session, clock, talk, text)  # the assistant was silent: nothing was heard
    assert erase_health_words(session, clock) == [message]


def test_what_a_person_wrote_of_it_goes_too(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    agent = add_user(
        session, clock, email="ana@example.org", name="Ana", password="a-long-password-1", role="agent", language="fr"
    )
    session.add(
        Note(
            conversation_id=talk.id, agent_id=agent.id, text="cancer, en chimio : attendre mars", created_at=clock.now()
        )
    )
    session.add(Note(conversation_id=talk.id, agent_id=agent.id, text="rappeler lundi", created_at=clock.now()))
    said(session, clock, talk, "merci")
    answer = say(session, clock, talk, "Bon courage pour votre hospitalisation.", author="agent", author_name="Ana")
    assert erase_health_words(session, clock) == [answer]
    assert [note.text for note in session.scalars(select(Note).order_by(Note.id))] == [
        "[Ce qui concernait la santé n'est plus conservé.]", "rappeler lundi",
    ]  # fmt: skip


def test_distress_goes_too(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    message = said(session, clock, talk, "je n'en peux plus de vivre", signals=["express_distress"])
    assert erase_health_words(session, clock) == [message]


@pytest.mark.parametrize(
    "text", ["je paie 80 euros le 5", "j'ai perdu mon travail", "opération bancaire refusée", "mi operador es otro"]
)
def test_what_is_no_health_stays(session: Session, clock: FrozenClock, talk: Conversation, text: str) -> None:
    said(session, clock, talk, text)
    assert erase_health_words(session, clock) == []


def test_the_ground_of_a_dispute_stays_with_it(session: Session, clock: FrozenClock, talk: Conversation) -> None:
    debt = session.scalars(select(Debt)).one()
    said(session, clock, talk, "je conteste : j'étais hospitalisé, je n'ai pas pu venir à la salle")
    open_dispute(
        session, clock, talk, debt, "service", "je conteste : j'étais hospitalisé, je n'ai pas pu venir à la salle"
    )
    assert erase_health_words(session, clock) == []


def test_the_kind_itself_goes_when_the_case_is_put_away(
    session: Session, clock: FrozenClock, talk: Conversation
) -> None:
    debt = session.scalars(select(Debt)).one()
    debt.state = "cancelled"
    said(session, clock, talk, "merci")
    clock.advance(timedelta(days=93))
    assert len(seal_closed_cases(session, clock)) == 1
    assert debt.debtor.hardship_kind is None
    assert date(2026, 11, 22) < clock.now().date()
