"""Talks of people nobody knows, and what providers told, do not stay for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import complain
from recovery.consent.records import OptOut
from recovery.countries.registry import known_countries
from recovery.countries.retention import Retention, retention_of
from recovery.handover.hand_over import hand_over
from recovery.retention.visitors import erase_visitors, forget_provider_calls
from recovery.session.receive import receive
from recovery.session.records import ExternalEvent
from tests import cast
from tests.architecture.sources import imports_of, python_files, shown
from tests.retention.test_seal import MONTHS, SECRET, YEARS, everything

pytestmark = pytest.mark.usefixtures("surroundings")


def test_a_visitors_words_go_after_three_months(session: Session, clock: FrozenClock) -> None:
    talk = cast.conversation_of(session)
    receive(session, clock, talk, SECRET, "m1")
    clock.advance(timedelta(days=88))
    assert erase_visitors(session, clock) == []
    clock.advance(timedelta(days=5))
    assert erase_visitors(session, clock) == [talk]
    assert SECRET not in everything(session)
    assert erase_visitors(session, clock) == []


def test_a_person_who_has_it_and_a_complaint_keep_it(session: Session, clock: FrozenClock) -> None:
    waiting, complained = cast.conversation_of(session), cast.conversation_of(session)
    for talk in (waiting, complained):
        receive(session, clock, talk, SECRET, f"m-{talk.id}")
    hand_over(session, clock, waiting, reason="human_asked")
    complain(session, clock, complained, "service", SECRET)
    clock.advance(MONTHS)
    assert erase_visitors(session, clock) == []
    clock.advance(YEARS)
    assert erase_visitors(session, clock) == [complained]


def test_a_stop_outlives_the_talk_it_was_said_in(session: Session, clock: FrozenClock) -> None:
    talk = cast.conversation_of(session, channel="sms", address="+33600000001")
    receive(session, clock, talk, "STOP", "m1")
    opt_out(session, clock, talk, "sms", "STOP")
    clock.advance(MONTHS)
    assert erase_visitors(session, clock) == [talk]
    kept = session.query(OptOut).one()
    assert (kept.channel, kept.address, kept.reopened_at, kept.words) == ("sms", "+33600000001", None, None)


def test_what_a_provider_told_is_known_by_its_number_alone(session: Session, clock: FrozenClock) -> None:
    for source, handled in (("sms/twilio", clock.now()), ("sms/twilio", None), ("place/email/inbound", clock.now())):
        session.add(
            ExternalEvent(
                source=source, external_id=f"{source}-{handled}", body={"Body": SECRET}, received_at=clock.now(), handled_at=handled
            )
        )  # fmt: skip
    session.flush()
    assert forget_provider_calls(session, clock) == 0
    clock.advance(timedelta(days=31))
    assert forget_provider_calls(session, clock) == 1
    bodies = {(event.source, event.handled_at is None): event.body for event in session.query(ExternalEvent)}
    assert bodies == {
        ("sms/twilio", False): {}, ("sms/twilio", True): {"Body": SECRET}, ("place/email/inbound", False): {"Body": SECRET},
    }  # fmt: skip


@pytest.mark.parametrize("country", known_countries())
def test_every_country_says_how_long_and_why(country: str) -> None:
    kept = retention_of(country)
    assert kept.archive_years >= 3
    assert kept.stage
    assert kept.special_category_days == 0


@pytest.mark.parametrize("wrong", [{"archive_years": 2}, {"active_months": 60}, {"visitor_months": -1}])
def test_a_table_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    right = {"active_months": 3, "archive_years": 5, "visitor_months": 3, "special_category_days": 0, "event_days": 30}
    assert Retention(**right, stage="archive")
    with pytest.raises(ValueError, match=r"archived|negative"):
        Retention(**{**right, **wrong}, stage="archive")


def test_no_page_and_no_route_reads_what_was_put_away() -> None:
    readers = {
        shown(file)
        for folder in ("actions", "api", "channels")
        for file in python_files(folder)
        for module in imports_of(file)
        if module.startswith("recovery.retention")
    }
    assert readers == {"api/commands/sealed.py", "api/worker/timetable.py"}
