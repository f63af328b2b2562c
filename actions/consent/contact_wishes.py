"""Stop, another channel or hour, too many messages, data rights: each has its effect at once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.consent.times_wished import in_the_same_half, times_wished
from actions.debts.debts_meant import debts_meant, fold
from actions.handover.beside import task_for_a_person
from actions.identity.somebody_else import writes_for_a_relative
from actions.plans.clear_yes import begins_with_yes
from actions.plans.said import laughing, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import complain, note_preference, open_data_request
from recovery.session.links import link_to

# Said beside a wish, they ask for nothing.
_COURTESIES = {"affirm", "deny", "thank", "goodbye"}
# No message of tests/nlu/dev that asks to stop, without a word of the nets, is heard with less.
SURE, SURE_BESIDE = 0.5, 0.8


class StopContact(TradeAction):
    """Immediate, one confirmation, then silence; "never again" means every channel (OO-04). No identity is asked for."""

    action = "action_stop_contact"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.context.get("representative_writes") and not turn.has_signal("stop_contact"):
            turn.follow_up = "action_representative"  # "you will write to me alone, won't you?"
            return
        if _asks_of_a_closed_address(turn, "stop_contact"):
            turn.say("utter_nothing_to_do_for_others")
            return
        if _only_at_times(turn) or _keeps_a_channel(turn):
            return  # heard beside a wish about messages, and that one is noted
        if _only_a_guess(turn) and _asks_about_reminders(turn):
            turn.follow_up = "action_ask_which_wish"  # "shall I still get reminders?" asks, and stops nothing
            return
        if _only_a_guess(turn) or _only_tells_of_a_message(turn) or _after_a_yes(turn):
            turn.say("utter_stop_if_meant")
            if not turn.known_debtor:
                turn.follow_up = "action_say_who"
            return
        turn.close_question()
        everywhere = any(word in fold(turn.text) for word in words_of("everywhere"))
        opt_out(
            turn.session, turn.clock, turn.conversation, None if everywhere else turn.conversation.channel, turn.text
        )
        turn.say("utter_stopped_everywhere" if everywhere else "utter_stopped")


def _only_a_guess(turn: Turn) -> bool:
    """No word of stopping was read, and the model is far from sure: the way to stop is told, and nobody is silenced by mistake."""
    heard = turn.has_signal("stop_contact") or turn.message.pressed
    return not heard and _confidence_in(turn, "stop_contact") < SURE


def _only_at_times(turn: Turn) -> bool:
    """ "Don't write to me at night, I get up early": first heard as a wish about messages, with its time, and nothing of for ever."""
    for_ever = says(turn, words_of("everywhere")) or turn.message.pressed
    return turn.intent == "contact_preference" and bool(times_wished(turn.text)) and not for_ever


def _keeps_a_channel(turn: Turn) -> bool:
    """ "Ah no, leave the SMS after all"."""
    wished = (
        turn.wishes & {"deny", "contact_preference"} and turn.value("channel") and not turn.has_signal("stop_contact")
    )
    return bool(wished) and re.search(words_of("channel_kept")["says"], fold(turn.text)) is not None


def _after_a_yes(turn: Turn) -> bool:
    """ "Yes, and I shan't touch it again": agreed to a moment ago, in words that speak of no message and that no net knows."""
    heard = turn.has_signal("stop_contact") or turn.message.pressed
    return not heard and begins_with_yes(turn) and not says(turn, words_of("received")["of_contact"])


def _only_tells_of_a_message(turn: Turn) -> bool:
    """ "I got a message of yours and don't know what it is about", whatever it was heard as."""
    told = says(turn, words_of("received")["says"]) and not says(turn, words_of("received")["complains"])
    return told and not turn.has_signal("stop_contact") and _confidence_in(turn, "stop_contact") < SURE_BESIDE


def _asks_about_reminders(turn: Turn) -> bool:
    return turn.known_debtor is not None and "?" in turn.text and says(turn, words_of("reminders"))


def _asks_of_a_closed_address(turn: Turn, wish: str) -> bool:
    """ "And will you write to this number again?", asked by the wrong person: it is closed, and they are told so."""
    wrong = not turn.known_debtor and turn.context.get("wrong_person")
    return bool(wrong) and "?" in turn.text and not turn.has_signal(wish) and not turn.message.pressed


def _confidence_in(turn: Turn, wish: str) -> float:
    return next(
        (float(heard["confidence"]) for heard in turn.parsed.get("intents") or [] if heard["name"] == wish), 1.0
    )


class NotePreference(TradeAction):
    action = "action_note_preference"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if turn.has_signal("stop_contact") and says(turn, words_of("everywhere")):
            turn.leave_the_question()  # "neither by text nor by post, never again": no channel is preferred
            return
        if says(turn, words_of("sending_us")):
            if len(turn.wishes - _COURTESIES) < 2:  # beside another wish, that one is answered
                turn.follow_up = "action_add_to_dispute" if turn.context.get("dispute") else "action_take_value"
            return
        about_money = turn.value("amount") is not None  # "180 on Wednesday" is no day for our messages
        times = (
            {}
            if about_money
            else in_the_same_half(times_wished(turn.text), turn.context.get("hours_wished"), turn.text)
        )
        wish: dict[str, Any] = {**times, **_channel_wished(turn)}
        if any(word in fold(turn.text) for word in words_of("at_work")):
            wish["never_at_work"] = True
        if not wish and (elsewhere := _about_something_else(turn)):
            _close_own_question(turn)
            turn.follow_up = elsewhere
            return
        if not wish and turn.conversation.expecting != "preference":
            turn.ask("preference")
            return
        _close_own_question(turn)
        wish["words"] = turn.text
        turn.context["hours_wished"] = times.get("after") or turn.context.get("hours_wished")
        if known := turn.known_debtor:
            note_preference(turn.session, turn.clock, turn.conversation, known, wish)
        else:
            # Taken up at the moment identity is verified.
            turn.context["preference"] = {**turn.context.get("preference", {}), **wish}
        turn.say("utter_preference_noted", wish=_said_back(wish, turn.language))
        _give_link(turn, str(wish.get("channel", "")))


def _give_link(turn: Turn, channel: str) -> None:
    """Where a link leads to the channel wished for, the talk goes on there from where it stands."""
    known = turn.known_debtor if channel != turn.conversation.channel else None
    link = link_to(turn.clock, known.id, channel) if known else None
    if link:
        turn.say("utter_go_on_elsewhere", link=link)


def _close_own_question(turn: Turn) -> None:
    """Another question that is open (a plan to accept) stays so."""
    if turn.conversation.expecting == "preference":
        turn.close_question()


def _about_something_else(turn: Turn) -> str | None:
    """“Only the telephone” names a debt among several, a sum and a day are no hours: neither is a wish about messages."""
    if turn.value("amount") is not None:
        return "action_take_value"
    debts = turn.debts if turn.known_debtor else []
    return "action_choose_debt" if len(debts) > 1 and debts_meant(turn, debts) else None


def _channel_wished(turn: Turn) -> dict[str, str]:
    """The channel asked for: not one that is refused ("e-mail rather than SMS", "no SMS")."""
    refused = re.compile(words_of("refused_before")["channel"])
    asked = [
        str(found["value"])
        for found in turn.values
        if found["entity"] == "channel" and not refused.search(fold(turn.text[: found.get("start") or 0]))
    ]
    return {"channel": asked[0]} if asked else {}


def _said_back(wish: dict[str, Any], language: str) -> str:
    """What was understood, in the debtor's words for it."""
    words = words_of("wishes_said")[language]
    days = wish.get("days") or []
    told = [
        words["channel"].format(words["channels"].get(wish["channel"], wish["channel"])) if "channel" in wish else "",
        words["after"].format(_hour(wish["after"], words)) if "after" in wish else "",
        words["before"].format(_hour(wish["before"], words)) if "before" in wish else "",
        words["days"].format(", ".join(words["weekdays"][day] for day in days)) if days else "",
        words["never_at_work"] if wish.get("never_at_work") else "",
    ]
    return ", ".join(part for part in told if part) or words["as_said"]


def _hour(written: str, words: dict[str, str]) -> str:
    """18:30 as each language writes it."""
    hour, minute = written.split(":")
    return words["sharp" if minute == "00" else "hour"].format(h=int(hour), m=minute)


class ComplainContact(TradeAction):
    action = "action_complain_contact"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("received")["says"]) and not says(turn, words_of("received")["complains"]):
            turn.follow_up = "action_greet"  # "I got a text from you" complains of nothing
            return
        if _asks_of_a_closed_address(turn, "complain_contact"):
            turn.say("utter_nothing_to_do_for_others")
            return
        if _complains_of_nothing(turn) or _only_insults(turn) or _only_says_when(turn):
            return  # another wish was heard, and it is answered
        if not turn.known_debtor and writes_for_a_relative(turn):
            turn.follow_up = "action_third_party"  # "my mother got a message and took fright"
            return
        sure = turn.has_signal("complain_contact") or _confidence_in(turn, "complain_contact") >= SURE_BESIDE
        if _asks_about_reminders(turn) and not sure:
            turn.follow_up = "action_ask_which_wish"
            return
        if laughing(turn):
            turn.say("utter_contact_complaint_if_meant")  # noted once they say so in earnest
            return
        complain(turn.session, turn.clock, turn.conversation, "contact", turn.text)
        turn.say("utter_contact_complaint_noted")
        task_for_a_person(turn, "complaint")


def _complains_of_nothing(turn: Turn) -> bool:
    """Heard beside another wish, in words that speak of no message, call or time: a record is not made of that."""
    beside = turn.wishes - _COURTESIES - {"complain_contact", "out_of_scope", "frustration"}
    unsure = turn.intent != "complain_contact" or _confidence_in(turn, "complain_contact") < SURE_BESIDE
    return (
        bool(beside)
        and unsure
        and not turn.has_signal("complain_contact")
        and not says(turn, words_of("received")["of_contact"])
    )


def _only_says_when(turn: Turn) -> bool:
    """ "Don't write to me on Sundays, please": a wish for later, surely heard, in words that tell of nothing done."""
    wished = turn.intent == "contact_preference" and _confidence_in(turn, "contact_preference") >= SURE_BESIDE
    told = says(turn, words_of("complains_indeed")) or _confidence_in(turn, "complain_contact") >= SURE
    return wished and bool(times_wished(turn.text)) and not told


def _only_insults(turn: Turn) -> bool:
    """ "You again, what vultures": anger is met with calm, and complains of no message, call or hour."""
    angry = turn.has_signal("anger") and "frustration" in turn.wishes
    return angry and turn.intent == "frustration" and not says(turn, words_of("received")["of_contact"])


class DataRights(TradeAction):
    action = "action_data_request"

    def act(self, turn: Turn) -> None:
        kinds, country = _rights_meant(turn.text), turn.debtor.country.lower()
        if turn.conversation.expecting == "data_request_noted" and says(turn, words_of("bill_too")):
            turn.say("utter_data_request_keeps_the_bill")  # "and the bill goes with them?"
            return
        if not kinds and turn.conversation.expecting == "data_request_noted":
            turn.say(f"utter_data_request_{country}_again", due_on=date.fromisoformat(turn.context["data_answer_due"]))
            return  # "and when do I get it?"
        for kind in kinds or ["access"]:
            request = open_data_request(turn.session, turn.clock, turn.conversation, turn.debtor, kind, turn.text)
            turn.say(
                f"utter_data_request_{country}",
                due_on=request.due_on,
                right=words_of("rights_said")[turn.language][kind],
            )
            task_for_a_person(turn, "data_rights", {"request": str(request.id)})
            turn.context["data_answer_due"] = request.due_on.isoformat()
        if turn.conversation.expecting is None:
            turn.stay_with("data_request_noted")


def _rights_meant(text: str) -> list[str]:
    """Each right that is named; a copy of all of it tells where it came from too (GDPR 15(1)(g))."""
    said = fold(text)
    named = [kind for kind, words in words_of("data_rights").items() if any(word in said for word in words)]
    if "erasure" in named and "copi" not in said:
        return [kind for kind in named if kind != "access"]  # "delete all my data"
    return [kind for kind in named if kind != "origin" or "access" not in named]
