"""Over-indebtedness and insolvency: money stops being asked for at once; the file number or the letter is all that is asked."""

from __future__ import annotations

from datetime import timedelta

from actions.debts.debts_meant import fold
from actions.handover.beside import task_for_a_person
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.debts.freeze import freeze

FILED_PAUSE = timedelta(days=90)  # VU-02: filed_hold_days


class Overindebtedness(TradeAction):
    """Money stops being asked for at once; the file number or the letter is all that is asked (VU-01, VU-02, VU-04)."""

    action = "action_overindebtedness"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.context.pop("wishes", None)
        told_before = turn.conversation.expecting == "overindebtedness_facts"
        state, number = _stage(turn), _file_number(turn)
        _hold_insolvency(turn, state, number)
        task_for_a_person(turn, "overindebtedness", {"state": state, **({"file_number": number} if number else {})})
        if not (told_before and number):
            turn.say(f"utter_overindebtedness_{turn.debtor.country.lower()}")
        if number:
            turn.close_question()
            turn.context["file_number_in"] = str(turn.message.id)
            turn.say("utter_overindebtedness_noted")
        else:
            turn.ask("overindebtedness_facts")


class TakeOverindebtednessFacts(TradeAction):
    action = "action_take_overindebtedness_facts"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        if turn.context.get("file_number_in") == str(turn.message.id):
            return  # "here it is: insolvency 412/2026", told again and answered with its number
        number, state = _file_number(turn), _stage(turn)
        told = {
            "file_number": number,
            "decided_on": turn.value("date"),
            "state": state if state != "declared" else None,
        }
        facts = {name: value for name, value in told.items() if value}
        if number or state == "admissible":
            _hold_insolvency(turn, state, number)
        record_act(turn.session, turn.clock, "debtor", "overindebtedness.facts", f"debtor:{turn.debtor.id}", **facts)
        task_for_a_person(turn, "overindebtedness", facts)
        turn.say(
            "utter_overindebtedness_noted" if facts or turn.message.attachments else "utter_overindebtedness_later"
        )


def _hold_insolvency(turn: Turn, state: str, number: str | None) -> None:
    """A file that was only handed in stops us for the commission's three months (VU-02); one decided on, until a person lifts it."""
    until = turn.today + FILED_PAUSE if state == "filed" and turn.debtor.country == "FR" else None
    freeze(
        turn.session,
        turn.clock,
        debtor_id=turn.debtor.id,
        kind="insolvency" if turn.debtor.country == "ES" else "overindebtedness",
        reason=number or state,
        until=until,
        conversation_id=turn.conversation.id,
    )


def _stage(turn: Turn) -> str:
    """declared (nothing more is known), filed, or admissible and beyond: from then on no money may be taken (VU-01, VU-04)."""
    said = fold(turn.text)
    stages = words_of("overindebtedness").items()
    return next((stage for stage, words in stages if any(word in said for word in words)), "declared")


def _file_number(turn: Turn) -> str | None:
    """The longest word with three digits or more, else what was read: courts and the commission write them many ways."""
    words = [word.strip(".,;:") for word in turn.text.split()]
    numbers = [word for word in words if sum(sign.isdigit() for sign in word) >= 3]
    return max(numbers, key=len, default=turn.value("reference"))
