"""What happens by the clock, in one file.

A task here may run late or twice: each looks at what is due and does it once.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from procrastinate import JobContext, builtin_tasks

from api.worker.queue import app
from api.worker.tasks import begin, channels, clock
from channels.contract import Collecting, TemporaryFailure
from recovery.creditors.news import note_news
from recovery.debts.prescription import bar_old_debts
from recovery.handover.give_up import give_back_unanswered
from recovery.payments.follow_arrangements import break_overdue_promises
from recovery.plans.late_instalments import follow_late_instalments
from recovery.plans.remind import send_reminders
from recovery.plans.settlement import expire_offers
from recovery.retention.health import erase_health_words
from recovery.retention.seal import destroy_what_is_over, seal_closed_cases
from recovery.retention.visitors import erase_visitors, forget_provider_calls
from recovery.session.collect import collect
from recovery.settings import settings

log = logging.getLogger(__name__)


@app.periodic(cron="5 1 * * *", periodic_id="old debts")
@app.task(name="bar_old_debts", queue="timetable")
def bar_old_debts_tonight(timestamp: int) -> None:
    with begin() as session:
        bar_old_debts(session, clock())


@app.periodic(cron="10 1 * * *", periodic_id="old offers")
@app.task(name="expire_offers", queue="timetable")
def expire_offers_tonight(timestamp: int) -> None:
    """Reductions nobody took, or paid, in time."""
    with begin() as session:
        expire_offers(session, clock())


@app.periodic(cron="20 2 * * *", periodic_id="closed cases")
@app.task(name="seal_closed_cases", queue="timetable")
def seal_closed_cases_tonight(timestamp: int) -> None:
    """The words of cases closed for three months are put away (RE-02, RE-03)."""
    with begin() as session:
        seal_closed_cases(session, clock())


@app.periodic(cron="35 2 * * *", periodic_id="sealed cases")
@app.task(name="destroy_what_is_over", queue="timetable")
def destroy_what_is_over_tonight(timestamp: int) -> None:
    """What was put away is destroyed once nothing can be claimed any more; so are talks of visitors and providers' calls."""
    with begin() as session:
        destroy_what_is_over(session, clock())
    with begin() as session:
        erase_visitors(session, clock())
        forget_provider_calls(session, clock())


@app.periodic(cron="50 2 * * *", periodic_id="words about health")
@app.task(name="erase_health_words", queue="timetable")
def erase_health_words_tonight(timestamp: int) -> None:
    """What debtors said of their health goes once nobody works on it (ID-14)."""
    with begin() as session:
        erase_health_words(session, clock())


@app.periodic(cron="20 1 * * *", periodic_id="overdue promises")
@app.task(name="break_overdue_promises", queue="timetable")
def break_overdue_promises_tonight(timestamp: int) -> None:
    with begin() as session:
        break_overdue_promises(session, clock())


@app.periodic(cron="40 10,15 * * *", periodic_id="late instalments")
@app.task(name="follow_late_instalments", queue="timetable")
def follow_late_instalments_today(timestamp: int) -> None:
    with begin() as session:
        follow_late_instalments(session, clock())


@app.periodic(cron="7,27,47 * * * *", periodic_id="reminders")
@app.task(name="send_reminders", queue="timetable")
def send_reminders_now(timestamp: int) -> None:
    with begin() as session:
        send_reminders(session, clock())


@app.periodic(cron="* * * * *", periodic_id="unanswered conversations")
@app.task(name="give_back_unanswered", queue="timetable")
def give_back_unanswered_now(timestamp: int) -> None:
    with begin() as session:
        give_back_unanswered(session, clock(), timedelta(minutes=settings().desk_give_back_after_minutes))


@app.periodic(cron="* * * * *", periodic_id="creditors")
@app.task(name="note_news", queue="timetable")
def note_news_for_creditors(timestamp: int) -> None:
    """Payments and proposals are told to the creditors that have a system of their own (IN-01)."""
    with begin() as session:
        note_news(session, clock())


@app.periodic(cron="* * * * *", periodic_id="mailboxes")
@app.task(name="look_into_mailboxes", queue="events", lock="mailboxes", queueing_lock="mailboxes")
def look_into_mailboxes_now(timestamp: int) -> None:
    """Messages of providers that do not call (e-mail by IMAP) are fetched and stored."""
    for channel in channels():
        if isinstance(channel, Collecting):
            try:
                collect(begin, clock(), channel)
            except TemporaryFailure as failure:  # the next minute looks again
                log.warning("%s: %s", channel.source, failure)


@app.periodic(cron="17 3 * * *", periodic_id="old jobs")
@app.task(name="forget_old_jobs", queue="timetable", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Failed and aborted jobs are looked at within two weeks or never; those that succeeded are gone at once."""
    await builtin_tasks.remove_old_jobs(
        context, max_hours=14 * 24, remove_failed=True, remove_aborted=True, remove_cancelled=True
    )
