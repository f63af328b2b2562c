"""Two facts verify; a wrong one says nothing of which; three failures lock the file everywhere."""

from datetime import timedelta

import pytest

from recovery.identity.records import ContactPoint
from recovery.identity.verify import Facts, offer_facts
from tests import cast


@pytest.fixture
def known(session):
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    debt = cast.debt_of(session, debtor, creditor)
    return debtor, debt, cast.conversation_of(session, None, creditor)


def birth(debtor):
    return debtor.birth_date.isoformat()


def test_reference_then_birth_date(session, clock, known):
    debtor, debt, talk = known
    assert offer_facts(session, clock, talk, Facts((debt.reference_folded,))) == "needs_second_fact"
    assert offer_facts(session, clock, talk, Facts(birth_date=birth(debtor))) == "verified"
    assert (talk.debtor_id, talk.identity, talk.claimed) == (debtor.id, "verified", {})


def test_birth_date_alone_asks_for_the_reference(session, clock, known):
    debtor, debt, talk = known
    assert offer_facts(session, clock, talk, Facts(birth_date=birth(debtor))) == "needs_reference"
    assert offer_facts(session, clock, talk, Facts((debt.reference_folded,))) == "verified"


def test_a_postcode_is_a_second_fact(session, clock, known):
    debtor, debt, talk = known
    assert offer_facts(session, clock, talk, Facts((debt.reference_folded,), postcode=debtor.postcode)) == "verified"


def test_one_wrong_fact_beside_a_right_one_fails(session, clock, known):
    debtor, debt, talk = known
    facts = Facts((debt.reference_folded,), birth_date=birth(debtor), postcode="99999")
    assert offer_facts(session, clock, talk, facts) == "failed"
    assert talk.debtor_id is None


def test_an_unknown_reference_is_asked_the_same_and_fails_the_same(session, clock, known):
    debtor, _, talk = known
    assert offer_facts(session, clock, talk, Facts(("NOSUCHREF1",))) == "needs_second_fact"
    assert offer_facts(session, clock, talk, Facts(birth_date=birth(debtor))) == "failed"


def test_three_failures_lock_the_debtor_on_every_channel(session, clock, known):
    debtor, debt, talk = known
    outcomes = [
        offer_facts(session, clock, talk, Facts((debt.reference_folded,), postcode=f"0000{n}")) for n in range(3)
    ]
    assert outcomes == ["failed", "failed", "locked"]
    elsewhere = cast.conversation_of(session, None)
    right = Facts((debt.reference_folded,), birth_date=birth(debtor))
    assert offer_facts(session, clock, elsewhere, right) == "locked"


def test_brute_force_over_many_conversations_locks_too(session, clock, known):
    _, debt, _ = known
    outcomes = []
    for n in range(3):
        talk = cast.conversation_of(session, None)
        outcomes.append(
            offer_facts(session, clock, talk, Facts((debt.reference_folded,), birth_date=f"1990-01-0{n + 1}"))
        )
    assert outcomes == ["failed", "failed", "locked"]


def test_the_lock_opens_after_a_day(session, clock, known):
    debtor, debt, talk = known
    for n in range(3):
        offer_facts(session, clock, talk, Facts((debt.reference_folded,), postcode=f"0000{n}"))
    session.flush()
    clock.advance(timedelta(hours=25))
    right = Facts((debt.reference_folded,), birth_date=birth(debtor))
    assert offer_facts(session, clock, talk, right) == "verified"


def test_a_known_address_counts_as_one_fact(session, clock, known):
    debtor, _, _ = known
    session.add(ContactPoint(debtor_id=debtor.id, channel="sms", address="+33600000001"))
    talk = cast.conversation_of(session, None, channel="sms", address="+33600000001")
    session.flush()
    assert offer_facts(session, clock, talk, Facts(birth_date=birth(debtor))) == "verified"


def test_a_signed_link_counts_as_one_fact(session, clock, known):
    debtor, _, talk = known
    talk.claimed = {"link": str(debtor.id)}
    assert offer_facts(session, clock, talk, Facts(postcode=debtor.postcode)) == "verified"
