"""The gate: what may leave, what may not, and that its answer is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.disclosure import debt_words_in
from recovery.consent.gate import ask_gate
from recovery.consent.never_said import never_said_in
from recovery.consent.opt_out import opt_out
from recovery.consent.records import GateDecision
from recovery.identity.records import ContactPoint
from recovery.session.open_conversation import open_conversation
from recovery.session.receive import receive
from recovery.session.say import MayNotBeSaid, say
from recovery.settings import settings
from recovery.texts import LANGUAGES, sentences_in
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")

CASES = yaml.safe_load((Path(__file__).parent / "never_said_cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sentence", CASES["never"])
def test_what_may_never_be_said(sentence: str) -> None:
    assert never_said_in(sentence)
    assert never_said_in(sentence.upper())


@pytest.mark.parametrize("sentence", CASES["allowed"])
def test_what_may_be_said(sentence: str) -> None:
    assert never_said_in(sentence) is None


def test_a_person_may_say_that_they_are_one() -> None:
    for sentence in CASES["agents_alone"]:
        assert never_said_in(sentence, "bot")
        assert never_said_in(sentence, "agent") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_service_says_itself_may_leave_before_identity(language: str) -> None:
    for key, sentence in sentences_in(language).items():
        assert never_said_in(sentence) is None, key
        assert not debt_words_in(sentence), key


def test_both_languages_say_the_same_things() -> None:
    french, spanish = (sentences_in(language) for language in LANGUAGES)
    assert french.keys() == spanish.keys()


def test_what_the_assistant_says_is_never_refused_for_its_words() -> None:
    for path in Path("bot/domain/responses").glob("*.yml"):
        responses = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("responses") or {}
        for name, variations in responses.items():
            for variation in variations:
                assert never_said_in(variation.get("text") or "") is None, name


@pytest.mark.parametrize(
    "sentence",
    ["Votre dette", "Cette créance", "un impayé", "le service RECOUVREMENT", "su deuda", "impago", "recobros", "moroso",
     "le contentieux", "un huissier", "embargo", "une saisie"],
)  # fmt: skip
def test_before_identity_no_word_names_a_debt(session: Session, clock: FrozenClock, sentence: str) -> None:
    stranger, known = cast.conversation_of(session), cast.conversation_of(session, cast.camille(session))
    for kind, author in (("reply", "bot"), ("agent", "agent"), ("campaign", "campaign")):
        assert not ask_gate(session, clock, stranger, author, sentence, kind, solicited=True).allowed
        assert ask_gate(session, clock, known, author, sentence, kind, solicited=True).allowed


@pytest.mark.parametrize("sentence", ["Merci d'avoir saisi votre référence.", "Un amoroso saludo", "Le surendettement"])
def test_words_that_only_look_alike_pass(session: Session, clock: FrozenClock, sentence: str) -> None:
    assert ask_gate(session, clock, cast.conversation_of(session), "bot", sentence, "reply", solicited=True).allowed


def test_before_identity_only_the_debtors_own_figures_are_said(session: Session, clock: FrozenClock) -> None:
    conversation = cast.conversation_of(session)
    receive(session, clock, conversation, "je peux mettre 80 euros par mois", "c1")
    session.flush()

    def allowed(text: str) -> bool:
        return ask_gate(session, clock, conversation, "bot", text, "reply", solicited=True).allowed

    assert allowed("Vous proposez 80 € par mois, c'est noté.")
    assert not allowed("Il reste 247,30 €.")
    assert not allowed("Il reste 1 250 euros.")
    assert allowed("Nous vous répondons sous 15 jours, le 3114 est gratuit.")


def test_after_an_opt_out_nothing_unasked_leaves(session: Session, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=2))  # a Tuesday morning: we might write first
    debtor = cast.camille(session)
    cast.debt_of(session, debtor, cast.energie_du_lac(session))
    here, elsewhere = cast.conversation_of(session, debtor), cast.conversation_of(session, debtor, channel="sms")
    opt_out(session, clock, here, "web", "stop")
    session.flush()
    for author, kind in (("campaign", "campaign"), ("agent", "agent"), ("bot", "reply")):
        assert not ask_gate(session, clock, here, author, "Bonjour", kind).allowed
    assert ask_gate(session, clock, here, "bot", "Bonjour", "reply", solicited=True).allowed
    assert ask_gate(session, clock, elsewhere, "campaign", "Bonjour", "campaign").allowed
    opt_out(session, clock, here, None, "plus jamais")
    session.flush()
    assert not ask_gate(session, clock, elsewhere, "campaign", "Bonjour", "campaign").allowed


def test_the_same_opt_out_twice_is_one(session: Session, clock: FrozenClock) -> None:
    conversation = cast.conversation_of(session)
    first = opt_out(session, clock, conversation, "web", "stop")
    session.flush()
    assert opt_out(session, clock, conversation, "web", "stop") is first


def test_a_suppressed_address_is_never_written_to_again(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    point = session.scalars(select(ContactPoint).where(ContactPoint.debtor_id == debtor.id)).one()
    point.suppressed_at, point.suppressed_because = clock.now(), "wrong person"
    conversation = cast.conversation_of(session, channel="sms", address=point.address)
    with pytest.raises(MayNotBeSaid):
        say(session, clock, conversation, "Bonjour", author="campaign")


def test_every_answer_of_the_gate_is_kept(session: Session, clock: FrozenClock) -> None:
    conversation = cast.conversation_of(session)
    message = say(session, clock, conversation, "Bonjour")
    session.flush()
    decision = session.scalars(select(GateDecision).where(GateDecision.message_id == message.id)).one()
    assert decision.allowed
    assert {rule["rule"] for rule in decision.rules} == {
        "OO-04 contact",
        "CT-12 wish",
        "never said",
        "ID-01 disclosure",
    }


def test_an_agents_refused_text_comes_back_with_its_rules(session: Session, clock: FrozenClock) -> None:
    conversation = cast.conversation_of(session, cast.camille(session))
    with pytest.raises(MayNotBeSaid) as refused:
        say(session, clock, conversation, "Payez ou vous irez en prison.", author="agent", author_name="Nadia")
    assert refused.value.status == 422
    assert refused.value.rules[0]["rule"].startswith("CO-07")
    session.flush()
    assert conversation.last_seq == 0


@pytest.mark.parametrize(("language", "person", "stop"), [("fr", "HUMAIN", "STOP"), ("es", "PERSONA", "BAJA")])
def test_the_opening_says_who_speaks_and_nothing_of_a_debt(
    session: Session, clock: FrozenClock, language: str, person: str, stop: str
) -> None:
    creditor = cast.energie_du_lac(session)
    for site, name in ((creditor, creditor.name), (None, settings().operator_name)):
        conversation = open_conversation(session, clock, "web", "visitor", site, language)
        session.flush()
        opening = conversation.messages[0].text
        assert name in opening
        assert "automati" in opening
        assert person in opening
        assert stop in opening
        assert not debt_words_in(opening)
