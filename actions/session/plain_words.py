"""What a message plainly says, whatever it was read as: sorry, I shall think it over, why do you ask, does it still stand."""

from __future__ import annotations

import re

from actions.debts.debts_meant import debts_meant, fold
from actions.debts.nothing_asked import nothing_asked_until
from actions.handover.beside import task_for_a_person
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt

# Heard with these, a message means what it was read as.
NEVER_CLAIMED = {
    "action_minor",
    "action_identify",
    "action_call_a_person",
    "action_report_deceased",
    "action_overindebtedness",
    "action_wrong_person",
}
# What a word of regret is mistaken for, and what thinking it over is.
REGRET_HEARD_AS = {
    "action_calm",
    "action_ask_which_wish",
    "action_stay_on_topic",
    "action_say_what_i_am",
    "action_take_yes",
    "action_take_no",
    "action_complain_contact",
    "action_complain_service",
    "action_tell_consequences",
    "action_say_goodbye",
    "action_answer_thanks",
    "action_greet",
}
THOUGHT_HEARD_AS = {
    "action_ask_which_wish",
    "action_stay_on_topic",
    "action_tell_consequences",
    "action_dispute_status",
    "action_take_no",
    "action_greet",
}
# Mistaken for distress only where the message holds nothing else: of more words, one is asked about.
DISTRESS = {"action_distress", "action_distress_check_answer"}
WHY_HEARD_AS = {
    "action_data_request",
    "action_ask_which_wish",
    "action_stay_on_topic",
    "action_give_bank_details",
    "action_update_contact",
    "action_help",
    "action_repeat",
    "action_take_value",
    "action_take_no",
    "action_refusal",
    "action_representative",
    "action_leave_representative",
    "action_take_overindebtedness_facts",
}
STANDING_HEARD_AS = {
    "action_dispute",
    "action_ask_which_wish",
    "action_repeat",
    "action_stay_on_topic",
    "action_take_no",
    "action_data_request",
    "action_dispute_status",
}
ABOUT_WRITING = {
    "action_distress",
    "action_stop_contact",
    "action_complain_contact",
    "action_ask_which_wish",
    "action_note_preference",
}
ASKS_WHY = {
    "identity_reference": "utter_identity_as_you_like",
    "identity_second_fact": "utter_identity_as_you_like",
    "representative_contact": "utter_representative_why",
    "overindebtedness_facts": "utter_overindebtedness_why",
}
SHORT = 16  # words
LIKELIEST = 3
NOT_A_REGRET = ("express_distress", "report_deceased", "ask_human", "stop_contact", "wrong_person")


def answers_plain_words(turn: Turn, action: str) -> bool:
    """Whether the message was answered here. Several wishes heard in one message are answered once."""
    another = bool(turn.context.get("third_party")) and action == "action_identify"  # "I'll see with her on Sunday"
    if turn.resumed or (action in NEVER_CLAIMED and not another) or turn.message.attachments or turn.message.pressed:
        return False
    if turn.context.get("plainly") == str(turn.message.id):
        turn.leave_the_question()
        return True
    told = (
        _where_from(turn, action)
        or _why_asked(turn, action)
        or _will_you_write(turn, action)
        or _still_stands(turn, action)
        or _asked_for_again(turn)
        or _courtesy(turn, action)
    )
    if told is None:
        return False
    turn.context["plainly"] = str(turn.message.id)
    turn.leave_the_question()
    response, debts = told
    until = nothing_asked_until(turn, debts) if debts else None
    turn.say(response, **({"day": until} if until else {}))
    return True


Told = tuple[str, list[Debt]]


def _where_from(turn: Turn, action: str) -> Told | None:
    """Whoever is the wrong person may ask where we have their number from, and proves nothing for it."""
    if action != "action_data_request" or turn.known_debtor or not turn.context.get("wrong_person"):
        return None
    said, rights = _folded(turn), words_of("data_rights")
    if asked := [kind for kind in rights if kind != "origin" and any(word in said for word in rights[kind])]:
        # Theirs as anybody's (GDPR 15 to 21): a person answers.
        task_for_a_person(turn, "data_rights", {"rights": asked})
    return "utter_where_from", []


def _why_asked(turn: Turn, action: str) -> Told | None:
    """ "And what do you need my date of birth for?" is no request on one's data; what it is for is told."""
    expecting = turn.conversation.expecting
    if action not in WHY_HEARD_AS or not _says(turn, "why_asked") or turn.values:
        return None
    if turn.known_debtor or turn.context.get("representative") or turn.context.get("wrong_person"):
        return (ASKS_WHY[expecting], []) if expecting in ASKS_WHY else None
    return "utter_identity_as_you_like", []


def _will_you_write(turn: Turn, action: str) -> Told | None:
    """ "And you won't write about the electricity until then?" stops nothing: the pause that runs is told again."""
    if action not in ABOUT_WRITING or "?" not in turn.text or not turn.known_debtor:
        return None
    words, text = words_of("plain_words"), _folded(turn)
    no_more = re.search(words["we_act"], text) and re.search(words["nothing_more"], text)
    not_meanwhile = re.search(words["we_do_not"], text) and re.search(words["meanwhile"], text)
    if not no_more and not not_meanwhile:
        return None
    if turn.has_signal("express_distress"):
        return None
    if turn.has_signal("stop_contact") and not re.search(words["meanwhile"], text):
        return None  # "can you stop writing to me?" is obeyed
    debts = debts_meant(turn, turn.debts) or turn.debts
    if not debts or not all(active_holds(turn.session, turn.clock, debt.debtor_id, debt.id) for debt in debts):
        return None
    return ("utter_no_reminders_until", debts) if nothing_asked_until(turn, debts) else ("utter_no_reminders", [])


def _still_stands(turn: Turn, action: str) -> Told | None:
    """ "That does not cancel my request, does it?" contests nothing."""
    asked = action in STANDING_HEARD_AS and "?" in turn.text and turn.known_debtor
    if not asked or not _says(turn, "still_stands"):
        return None
    noted = ("data_answer_due", "dispute", "promise_made", "plan_made")
    return ("utter_still_stands", []) if any(turn.context.get(name) for name in noted) else None


def _asked_for_again(turn: Turn) -> Told | None:
    """ "And if I lose it, can I ask you for it again?": the paper that was just given."""
    return (
        ("utter_ask_for_it_again", []) if turn.known_debtor and "?" in turn.text and _says(turn, "lost_paper") else None
    )


def _courtesy(turn: Turn, action: str) -> Told | None:
    if any(turn.has_signal(signal) for signal in NOT_A_REGRET):
        return None
    told = {found["entity"] for found in turn.values}
    if action in DISTRESS:
        regret, thought = _says(turn, "only_sorry"), _says(turn, "only_thinking")
    elif _may_be_distress(turn):
        return None
    else:
        about_another = bool(turn.context.get("third_party")) and not turn.known_debtor
        regret = action in REGRET_HEARD_AS and _says(turn, "sorry")
        thought = (action in THOUGHT_HEARD_AS or about_another) and _says(turn, "thinking")
    guessed = (
        {"hardship_kind"} if action == "action_ask_which_wish" else set()
    )  # the ewe that died, and nobody is sure of it
    if regret and "?" not in turn.text and not told - guessed:
        return "utter_no_harm_done", []
    short = len(turn.text.split()) <= SHORT
    return ("utter_take_your_time", []) if thought and short and not told - {"date"} else None


def _may_be_distress(turn: Turn) -> bool:
    """Among the likeliest readings: such a message is never met with a courtesy."""
    likeliest = [str(guess["name"]) for guess in (turn.parsed.get("intent_ranking") or [])[:LIKELIEST]]
    return "express_distress" in likeliest


def _says(turn: Turn, name: str) -> bool:
    text = _folded(turn)
    return any(re.search(pattern, text) for pattern in words_of("plain_words")[name])


def _folded(turn: Turn) -> str:
    return fold(turn.text.replace("\u2019", "'"))
