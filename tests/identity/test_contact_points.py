"""Addresses of a debtor: proven by what is said from them, and moved with their owner."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out, opt_out_in_force
from recovery.identity.contact_points import add_contact_point, move_contact_points
from recovery.identity.records import ContactPoint, Debtor
from recovery.identity.register_debtor import BadAddress
from recovery.identity.verify import Facts, offer_facts
from tests import cast

OLD, NEW = "+33639981299", "+33639981298"


def points(session: Session, debtor: Debtor) -> dict[str, ContactPoint]:
    mine = select(ContactPoint).where(ContactPoint.debtor_id == debtor.id)
    return {point.address: point for point in session.scalars(mine)}


@pytest.mark.parametrize(
    ("channel", "address", "theirs"), [("telegram", "7001", True), ("sms", "+33639981201", True), ("web", "x", False)]
)
def test_an_address_is_proven_by_who_speaks_from_it(
    session: Session, clock: FrozenClock, channel: str, address: str, theirs: bool
) -> None:
    debtor = cast.camille(session)
    debt = cast.debt_of(session, debtor, cast.energie_du_lac(session))
    conversation = cast.conversation_of(session, channel=channel, address=address)
    facts = Facts(references=(debt.reference_folded,), birth_date="1984-03-12")
    assert offer_facts(session, clock, conversation, facts) == "verified"
    session.flush()
    proven = [point.address for point in points(session, debtor).values() if point.owned_since]
    assert proven == ([address] if theirs else [])


def test_a_number_that_moved_is_theirs_unproven_and_without_its_opt_in(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    old = add_contact_point(session, clock, debtor, "whatsapp", OLD)
    old.owned_since, old.opt_in = clock.now(), {"source": "form 118"}
    talk = cast.conversation_of(session, channel="whatsapp", address=OLD)
    opt_out(session, clock, talk, "whatsapp", "stop")
    for _ in range(2):
        move_contact_points(session, clock, "whatsapp", OLD, NEW)
        session.flush()
    found = points(session, debtor)
    assert (found[OLD].suppressed_because, found[NEW].owned_since, found[NEW].opt_in) == ("moved", None, None)
    assert opt_out_in_force(session, cast.conversation_of(session, channel="whatsapp", address=NEW))


def test_a_number_of_somebody_else_does_not_move_with_them(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    old = add_contact_point(session, clock, debtor, "whatsapp", OLD)
    old.suppressed_at, old.suppressed_because = clock.now(), "wrong_person"
    move_contact_points(session, clock, "whatsapp", OLD, NEW)
    session.flush()
    assert NEW not in points(session, debtor)


def test_the_same_address_is_one_contact_point(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    first = add_contact_point(session, clock, debtor, "sms", "06 39 98 12 99")
    assert add_contact_point(session, clock, debtor, "sms", OLD).id == first.id
    with pytest.raises(BadAddress):
        add_contact_point(session, clock, debtor, "email", "nobody")
