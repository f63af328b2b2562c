"""Which actions a message calls for: nets first, then the answer to the open question, then each wish by its rule."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

# These end every other wish of the message: nothing about money follows them.
ALONE = ("express_distress",)
# A right invoked is never taken for the answer to a question (the intents that must never be missed, and the ways out).
NEVER_CLAIMED = {
    "stop_contact", "ask_human", "wrong_person", "report_deceased", "has_representative", "report_overindebtedness",
    "express_distress", "dispute_fraud", "complain_contact", "ask_data_rights", "report_hardship", "third_party",
}  # fmt: skip
# A guess above this is heard for itself even when it carries a value the question waits for.
SURE = 0.5
MOST_WISHES = 3
# Said around a wish: answered when nothing else is said.
AROUND = {"greet", "thank", "goodbye", "wait", "inform", "out_of_scope"}
# One wish heard twice: whoever has a lawyer does not ask for one of ours, whoever disputes a sum wants it back, the anger
# of whoever stops us is answered by our silence, and who asks what happens without paying does not refuse to.
SAID_BY = {
    "has_representative": ("ask_human", "third_party"), "dispute_amount": ("ask_refund", "plan_too_high"), "third_party": ("ask_human",),
    "stop_contact": ("frustration",), "ask_consequences": ("refuse_to_pay",),
}  # fmt: skip
# A bare means of payment is how one would pay, whatever else is half heard in so few words.
HOW_TO_PAY = "ask_payment_methods"
MISTAKEN_FOR_A_MEANS = {
    "report_payment",
    "request_instalments",
    "propose_plan",
    "ask_bank_details",
    "change_plan",
    "inform",
}
DOUBT = "action_ask_which_wish"
IDENTIFY = "action_identify"
# Said around a reference or a birth date: the facts are the message.
COURTESIES = {"greet", "thank", "affirm", "deny", "goodbye", "inform", "out_of_scope", "wait", "ask_help"}
# A bare postcode among other words may be read as a sum; a question about identity takes it for what it is.
FIVE_DIGITS = re.compile(r"(?<!\w)\d{5}(?!\w)")
LIKELIEST = 5
VALUES_TELL = (
    ({"amount", "period"}, "propose_plan"),
    ({"instalment_count", "amount"}, "propose_plan"),
    ({"instalment_count"}, "request_instalments"),
    ({"amount", "date", "payment_method"}, "report_payment"),
    ({"amount", "date", "payment_method"}, "promise_to_pay"),
    ({"amount", "date"}, "promise_to_pay"),
    ({"date"}, "promise_to_pay"),
    ({"date"}, "report_payment"),
    ({"amount"}, "pay_part"),
    ({"share"}, "pay_part"),
    ({"period"}, "propose_plan"),
    ({"payment_method"}, "ask_payment_methods"),
    ({"hardship_kind"}, "report_hardship"),
)
IDENTITY_FACTS = {"reference", "birth_date", "postcode"}


@dataclass
class Dialogue:
    """`rules`: intent → action. `questions`: name → what answers it.

    A question has `answers` {intent: action}, `values` {entity: action}, `words` {word: action}, `anything` (an action)
    `unsure` (an action for what nobody is sure of), `leaves` (intents taken for themselves) and `agreed_with` (intents that may
    be said along with a yes to it), `yes_first` (a pattern of words, folded, that begin with a plain yes).
    """

    rules: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def check(self, known_actions: set[str], known_intents: set[str]) -> None:
        """Every question names actions and intents that exist; raises ValueError with the first that does not."""
        for name, question in self.questions.items():
            said = [question.get(kind) or [] for kind in ("answers", "leaves", "agreed_with")]
            for intent in [intent for listed in said for intent in listed]:
                _must_know(intent, known_intents, name)
            taken = [
                action for kind in ("answers", "values", "words") for action in (question.get(kind) or {}).values()
            ]
            for action in [*taken, *filter(None, [question.get("anything"), question.get("unsure")])]:
                _must_know(action, known_actions, name)


def actions_for(
    dialogue: Dialogue, parsed: dict[str, Any], expecting: str | None, identity: str = "verified"
) -> list[str]:
    """The actions to run for one parsed message, in order, each once. `identity`: verified, unverified or locked."""
    intent = _intent(parsed)
    nets = _nets(dialogue, parsed)
    for alone in ALONE:
        if intent == alone or alone in nets:
            return [dialogue.rules[alone]]
    question = dialogue.questions.get(expecting or "")
    claimed = _answer_to(dialogue, question, parsed, nets)
    if claimed:
        heard = _nets_beside(question, nets)
        return _each_once([*(dialogue.rules[net] for net in nets if net in heard), *claimed])
    if identity == "unverified" and intent in COURTESIES and _given(parsed) & IDENTITY_FACTS and not nets:
        return [IDENTIFY]
    wishes = _wishes(parsed, nets) or _doubt_within_one_action(dialogue, parsed)
    return _each_once([dialogue.rules[wish] for wish in wishes if wish in dialogue.rules]) or [DOUBT]


def _nets(dialogue: Dialogue, parsed: dict[str, Any]) -> list[str]:
    """Who asks us to stop does not complain of it unless the message is read as a complaint too."""
    nets = [signal for signal in parsed.get("signals") or [] if signal in dialogue.rules]
    complains = "complain_contact" in {wish["name"] for wish in parsed.get("intents") or []}
    return [net for net in nets if net != "complain_contact" or complains or "stop_contact" not in nets]


def _doubt_within_one_action(dialogue: Dialogue, parsed: dict[str, Any]) -> list[str]:
    """A doubt between two wishes that one action answers is none: not owed, or a wrong sum, it is contested."""
    first, *others = [str(guess["name"]) for guess in (parsed.get("intent_ranking") or [])[:2]] or [""]
    answered = dialogue.rules.get(first)
    return [first] if answered and any(dialogue.rules.get(other) == answered for other in others) else []


def _wishes(parsed: dict[str, Any], nets: list[str]) -> list[str]:
    """Nets first. A doubtful guess counts only where the values of the message say the same, or where nothing else is heard."""
    first, *others = [str(wish["name"]) for wish in parsed.get("intents") or [{"name": _intent(parsed)}]]
    if _only_names_a_means(parsed, [first, *others]):
        return [*nets, HOW_TO_PAY]
    # A yes or a no beside another wish answers a question, and asks for nothing itself.
    guessed = [first, *(wish for wish in others if wish not in ("affirm", "deny"))]
    if not parsed.get("doubtful"):
        return _told_apart(nets, guessed) if not nets or _confidence(parsed) >= SURE else nets
    return nets or told_by_values(parsed)


def _only_names_a_means(parsed: dict[str, Any], heard: list[str]) -> bool:
    """ "Par virement", "en bizum ?": how one may pay by it, and neither a payment made nor one in several times."""
    if _given(parsed) != {"payment_method"}:
        return False
    likeliest = [str(guess["name"]) for guess in (parsed.get("intent_ranking") or [])[:2]] or heard[:1]
    asked = heard[0] == HOW_TO_PAY or (bool(parsed.get("doubtful")) and HOW_TO_PAY in likeliest)
    return asked and set(heard) - {HOW_TO_PAY} <= MISTAKEN_FOR_A_MEANS


def _told_apart(nets: list[str], guessed: list[str]) -> list[str]:
    """Without the courtesies around them, and without a guess that another wish already says."""
    meant = [wish for wish in [*nets, *guessed] if wish not in AROUND] or [*nets, *guessed]
    return [wish for wish in meant if wish in nets or not any(wish in SAID_BY.get(other, ()) for other in meant)]


def told_by_values(parsed: dict[str, Any]) -> list[str]:
    """The wish that the values themselves tell, where it stands among the likeliest: a sum a month is a plan, a sum and a day a promise."""
    given = _given(parsed)
    likeliest = [guess["name"] for guess in (parsed.get("intent_ranking") or [])[:LIKELIEST]]
    told = [(values, wish) for values, wish in VALUES_TELL if values <= given and wish in likeliest]
    # Of those that the same values tell (paid, or going to be), the likelier.
    return [min((wish for values, wish in told if values == told[0][0]), key=likeliest.index)] if told else []


def _answer_to(
    dialogue: Dialogue, question: dict[str, Any] | None, parsed: dict[str, Any], nets: list[str]
) -> list[str]:
    if not question:
        return []
    guess = parsed.get("intent") or {}
    intent = guess.get("name")
    answers = question.get("answers") or {}
    for word, action in (question.get("words") or {}).items():
        if word in _folded(parsed.get("text") or ""):
            return [str(action)]
    if agreed := _agreed(dialogue, question, parsed):
        return agreed
    if intent in answers:
        return [str(answers[intent])]
    if _yes_comes_first(question, parsed, nets):
        stops = any(wish["name"] == "stop_contact" for wish in parsed.get("intents") or [])
        return [str(answers["affirm"]), *([dialogue.rules["stop_contact"]] if stops else [])]
    if _nets_beside(question, nets) or (intent in NEVER_CLAIMED and guess.get("confidence", 0) >= SURE):
        return []
    if intent in (question.get("leaves") or []) and _confidence(parsed) >= SURE:
        return []
    given = _given(parsed) | ({"postcode"} if FIVE_DIGITS.search(parsed.get("text") or "") else set())
    taken = next((action for entity, action in (question.get("values") or {}).items() if entity in given), None)
    unsure = question.get("unsure") if parsed.get("doubtful") else None
    answer = taken or unsure or question.get("anything")
    return [str(answer)] if answer else []


def _yes_comes_first(question: dict[str, Any], parsed: dict[str, Any], nets: list[str]) -> bool:
    """ "Yes, and I shan't touch it again": the yes is plain, no net, figure or sure wish follows it.

    A stop that no net knows is no sure wish: the way to stop is told beside the yes.
    """
    said = question.get("yes_first")
    names = {str(wish["name"]) for wish in parsed.get("intents") or []}
    plain = said is not None and re.match(said, _folded(parsed.get("text") or "")) is not None
    unsure = bool(parsed.get("doubtful")) or names <= {"affirm", "stop_contact"}
    return plain and unsure and not (nets or names & set(ALONE) or _given(parsed))


def _nets_beside(question: dict[str, Any] | None, nets: list[str]) -> set[str]:
    """The rights invoked that this very question does not wait for: "I am no heir of his", after a death was told."""
    return (set(nets) & NEVER_CLAIMED) - set((question or {}).get("answers") or {})


def _agreed(dialogue: Dialogue, question: dict[str, Any], parsed: dict[str, Any]) -> list[str]:
    """A yes and a wish that goes with it ("d'accord, c'est quel RIB"): both count, whichever was heard first.

    Another wish beside them, or another figure ("d'accord mais 50"), leaves the yes to be asked for again.
    """
    wishes = [str(wish["name"]) for wish in parsed.get("intents") or []]
    along = question.get("agreed_with") or []
    beside = [wish for wish in wishes if wish in along]
    others = set(wishes) - {"affirm", *along} - AROUND
    if "affirm" not in wishes or not beside or others or parsed.get("doubtful"):
        return []
    if _given(parsed) & set(question.get("values") or {}):
        return []
    return [str(question["answers"]["affirm"]), *(dialogue.rules[wish] for wish in beside)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _intent(parsed: dict[str, Any]) -> str:
    return str((parsed.get("intent") or {}).get("name"))


def _confidence(parsed: dict[str, Any]) -> float:
    return float((parsed.get("intent") or {}).get("confidence") or 0)


def _given(parsed: dict[str, Any]) -> set[str]:
    return {str(entity["entity"]) for entity in parsed.get("entities") or []}


def _each_once(actions: list[str]) -> list[str]:
    return list(dict.fromkeys(actions))[:MOST_WISHES]


def _must_know(name: str, known: set[str], question: str) -> None:
    if name not in known:
        raise ValueError(f"question {question} names {name}, which the domain does not know")
