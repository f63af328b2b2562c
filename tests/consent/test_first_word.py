"""Writing first: only at a decent hour, not too often, with papers and letter in order, and to nobody who is held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.gate import ask_gate
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.identity.records import ContactPoint
from recovery.plans.records import Promise
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid, say
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")

TEXT = "Bonjour, un message personnel vous attend."
PAPERS = {
    "mandate_id": "M-1",
    "dpa_id": "D-1",
    "insurance": "RCP",
    "prosecutor_declared_on": "2024-02-01",
    "dedicated_account": True,
}


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime.fromisoformat("2026-11-24T10:30:00+01:00"))  # a Tuesday


def owing(session: Session, creditor: Any = None, **changes: Any) -> tuple[Debt, Conversation]:
    debt = cast.debt_of(session, cast.camille(session), creditor or cast.energie_du_lac(session), **changes)
    talk = cast.conversation_of(session, None, channel="sms", address="+33639981201", identity="unverified")
    return debt, talk


def refused(session: Session, clock: FrozenClock, talk: Conversation, kind: str = "campaign") -> list[str]:
    return [rule["rule"] for rule in ask_gate(session, clock, talk, kind, TEXT, kind).failed()]


def test_it_may_leave(session: Session, clock: FrozenClock) -> None:
    _, talk = owing(session)
    assert refused(session, clock, talk) == []
    assert say(session, clock, talk, TEXT, author="campaign").author == "bot"


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-24T09:59:00+01:00",
        "2026-11-24T13:30:00+01:00",
        "2026-11-24T20:00:00+01:00",
        "2026-11-22T10:30:00+01:00",  # a Sunday
        "2026-11-11T10:30:00+01:00",  # Armistice
    ],
)
def test_not_at_any_hour(session: Session, moment: str) -> None:
    _, talk = owing(session)
    assert refused(session, FrozenClock(datetime.fromisoformat(moment)), talk) == ["CT-10 hours"]


def test_the_hour_is_the_debtors_own(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    debt.debtor.time_zone, debt.debtor.postcode = "Indian/Reunion", "97419"
    assert refused(session, clock, talk) == ["CT-10 hours"]  # 13:30 there


def test_one_in_two_days_and_two_in_a_week(session: Session, clock: FrozenClock) -> None:
    _, talk = owing(session)
    say(session, clock, talk, TEXT, author="campaign")
    clock.advance(timedelta(days=1))
    assert refused(session, clock, talk) == ["CT-10 frequency"]
    clock.advance(timedelta(days=1))
    say(session, clock, talk, TEXT, author="campaign")
    clock.advance(timedelta(days=4))  # a Monday
    assert refused(session, clock, talk) == ["CT-10 frequency"]
    clock.advance(timedelta(days=4))
    assert refused(session, clock, talk) == []


def test_another_address_of_the_same_person_counts_too(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    say(session, clock, talk, TEXT, author="campaign")
    web = cast.conversation_of(session, debt.debtor, debt.creditor)
    assert refused(session, clock, web) == ["CT-10 frequency"]


def test_a_week_of_peace_after_a_talk_unless_a_day_was_agreed(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    cast.conversation_of(session, debt.debtor, debt.creditor, last_inbound_at=clock.now() - timedelta(days=3))
    assert refused(session, clock, talk) == ["CT-10 frequency"]
    promise = Promise(
        debtor_id=debt.debtor_id, debt_id=debt.id, amount_cents=100, currency="EUR", due_on=date(2026, 11, 25),
        state="open", created_at=clock.now(),
    )  # fmt: skip
    session.add(promise)
    session.flush()
    assert refused(session, clock, talk) == []


@pytest.mark.parametrize("kind", ["hardship", "overindebtedness", "deceased", "represented", "data_rights", "distress"])
def test_nobody_held_is_written_to(session: Session, clock: FrozenClock, kind: str) -> None:
    debt, talk = owing(session)
    freeze(session, clock, debtor_id=debt.debtor_id, kind=kind)
    assert refused(session, clock, talk) == ["CT-14 hold"]


def test_a_contested_debt_leaves_the_others(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="dispute")
    assert refused(session, clock, talk) == ["CT-14 hold"]
    cast.debt_of(session, debt.debtor, debt.creditor)
    assert refused(session, clock, talk) == []


def test_a_debt_too_old_is_never_recalled(session: Session, clock: FrozenClock) -> None:
    _, talk = owing(session, issued_on=date(2023, 1, 1), due_on=date(2023, 2, 1))
    assert refused(session, clock, talk) == ["PR-05 time bar"]


def test_an_address_of_nobody_is_never_written_to(session: Session, clock: FrozenClock) -> None:
    owing(session)
    stranger = cast.conversation_of(session, None, channel="sms", address="+33639989999", identity="unverified")
    assert refused(session, clock, stranger) == ["ID-04 address"]


def test_a_mandated_collector_needs_papers_and_letter(session: Session, clock: FrozenClock) -> None:
    _, talk = owing(session, cast.cabinet_berthier(session))
    assert refused(session, clock, talk) == ["DI-03 papers", "DI-01 letter"]


@pytest.mark.parametrize(
    ("product", "attestations", "may"),
    [("mortgage", {}, False), ("consumer_credit", {}, False), ("consumer_credit", {"l312_36_notices": True}, True)],
)
def test_credit_is_recalled_only_where_the_law_lets_it(
    session: Session, clock: FrozenClock, product: str, attestations: dict[str, Any], may: bool
) -> None:
    _, talk = owing(session, cast.energie_du_lac(session, attestations=attestations), product=product)
    assert (refused(session, clock, talk) == []) is may


def test_a_bought_debt_is_recalled_once_its_sale_was_notified(session: Session, clock: FrozenClock) -> None:
    sold = {"assignor": "Banco del Norte SA", "assigned_on": date(2026, 9, 25)}
    debt, talk = owing(session, cast.cartera_ebro(session), **sold)
    assert refused(session, clock, talk) == ["DI-03 papers"]
    debt.assignment_notified_on = date(2026, 10, 1)
    assert refused(session, clock, talk) == []


def test_where_data_are_explained_is_said_once_identity_is_known(session: Session, clock: FrozenClock) -> None:
    creditor = cast.energie_du_lac(session, privacy_url="https://lac.example/donnees")
    debt = cast.debt_of(session, cast.camille(session), creditor)
    talk = cast.conversation_of(session, debt.debtor, creditor)
    first, second = (say(session, clock, talk, text, solicited=True).text for text in ("Bonjour.", "Bien sûr."))
    assert first == "Bonjour.\nVos données et vos droits : https://lac.example/donnees"
    assert second == "Bien sûr."


def test_for_whom_and_from_whom_is_said_once_identity_is_known(session: Session, clock: FrozenClock) -> None:
    collector, buyer = cast.cabinet_berthier(session), cast.cartera_ebro(session)
    debtor = cast.camille(session)
    cast.debt_of(session, debtor, collector, reference="CB-1", on_behalf_of="Maison Ferrand SAS")
    sold = {"assignor": "Banco del Norte SA", "assigned_on": date(2026, 9, 25)}
    cast.debt_of(session, debtor, buyer, reference="EB-2", **sold)
    said = say(session, clock, cast.conversation_of(session, debtor, collector), "Bonjour.", solicited=True).text
    assert "CB-1 : Cabinet Berthier SARL agit pour Maison Ferrand SAS." in said
    assert "EB-2 : Cartera Ebro SA a racheté cette somme à Banco del Norte SA le 25 septembre 2026." in said


def test_what_we_write_first_says_how_to_stop_once(session: Session, clock: FrozenClock) -> None:
    _, talk = owing(session)
    own = "Bonjour. Écrivez STOP pour ne plus rien recevoir."
    assert say(session, clock, talk, own, author="campaign").text == own


def test_after_a_day_it_is_said_again_that_an_assistant_speaks(session: Session, clock: FrozenClock) -> None:
    talk = cast.conversation_of(session, disclosed_at=clock.now())
    assert say(session, clock, talk, "Oui.", solicited=True).text == "Oui."
    clock.advance(timedelta(days=1))
    assert "assistant automatisé" in say(session, clock, talk, "Oui.", solicited=True).text
    assert say(session, clock, talk, "Oui.", solicited=True).text == "Oui."


def test_the_letter_is_recalled_in_what_we_write_first(session: Session, clock: FrozenClock) -> None:
    collector = cast.cabinet_berthier(session, attestations=PAPERS)
    _, talk = owing(session, collector, letter_ref="L-7", letter_sent_on=date(2026, 10, 1))
    said = say(session, clock, talk, TEXT, author="campaign").text
    assert said == f"{TEXT}\nRéf. L-7 du 1er octobre 2026.\nSTOP pour ne plus recevoir de messages ici."


def test_the_letter_is_recalled_once_in_a_talk(session: Session, clock: FrozenClock) -> None:
    collector = cast.cabinet_berthier(session)
    debt = cast.debt_of(session, cast.camille(session), collector, letter_ref="L-7", letter_sent_on=date(2026, 10, 1))
    stranger = cast.conversation_of(session, None, collector, identity="unverified")
    assert "L-7" not in say(session, clock, stranger, "Bonjour.", solicited=True).text
    talk = cast.conversation_of(session, debt.debtor, collector)
    assert "Réf. L-7" in say(session, clock, talk, "Voici votre dossier.", solicited=True).text
    assert "L-7" not in say(session, clock, talk, "Bien sûr.", solicited=True).text


def test_an_agent_answers_at_any_hour_and_begins_again_within_the_rules(session: Session) -> None:
    night = FrozenClock(datetime.fromisoformat("2026-11-22T23:00:00+01:00"))
    debt, _ = owing(session)
    talk = cast.conversation_of(
        session, debt.debtor, debt.creditor, last_inbound_at=night.now() - timedelta(hours=2), mode="human"
    )
    assert refused(session, night, talk, "agent") == []
    talk.last_inbound_at = night.now() - timedelta(days=30)
    assert refused(session, night, talk, "agent") == ["CT-10 hours"]


def test_a_refusal_is_kept_with_its_reasons(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    freeze(session, clock, debtor_id=debt.debtor_id, kind="hardship")
    with pytest.raises(MayNotBeSaid, match="CT-14"):
        say(session, clock, talk, TEXT, author="campaign")


def test_the_debtors_own_hours_and_channel_are_kept(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    debt.debtor.preferences = {"after": "18:00"}
    assert refused(session, clock, talk) == ["CT-12 wish"]
    debt.debtor.preferences = {"before": "12:00"}
    assert refused(session, clock, talk) == []
    debt.debtor.preferences = {"channel": "email"}
    assert refused(session, clock, talk) == []  # no e-mail of theirs is known
    session.add(ContactPoint(debtor_id=debt.debtor_id, channel="email", address="camille@example.org"))
    session.flush()
    session.refresh(debt.debtor)
    assert refused(session, clock, talk) == ["CT-12 wish"]
