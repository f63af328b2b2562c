"""Which actions a message calls for: nets first, then the answer to the open question, then each wish by its rule."""

from __future__ import annotations

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
DOUBT = "action_ask_which_wish"


@dataclass
class Dialogue:
    """`rules`: intent → action. `questions`: name → {answers: {intent: action}, values: {entity: action}, anything, leaves}."""

    rules: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def check(self, known_actions: set[str], known_intents: set[str]) -> None:
        """Every question names actions and intents that exist; raises ValueError with the first that does not."""
        for name, question in self.questions.items():
            for intent in [*(question.get("answers") or {}), *(question.get("leaves") or [])]:
                _must_know(intent, known_intents, name)
            taken = [*(question.get("answers") or {}).values(), *(question.get("values") or {}).values()]
            for action in [*taken, *filter(None, [question.get("anything")])]:
                _must_know(action, known_actions, name)


def actions_for(dialogue: Dialogue, parsed: dict[str, Any], expecting: str | None) -> list[str]:
    """The actions to run for one parsed message, in order, each once."""
    intent = (parsed.get("intent") or {}).get("name")
    nets = [signal for signal in parsed.get("signals") or [] if signal in dialogue.rules]
    for alone in ALONE:
        if intent == alone or alone in nets:
            return [dialogue.rules[alone]]
    claimed = _answer_to(dialogue.questions.get(expecting or ""), parsed, nets)
    if claimed:
        return _each_once([*(dialogue.rules[net] for net in nets if net in NEVER_CLAIMED), claimed])
    if parsed.get("doubtful") and not nets:
        return [DOUBT]
    wishes = [*nets, intent, *(wish["name"] for wish in parsed.get("intents") or [])]
    return _each_once([dialogue.rules[wish] for wish in wishes if wish in dialogue.rules])


def _answer_to(question: dict[str, Any] | None, parsed: dict[str, Any], nets: list[str]) -> str | None:
    if not question:
        return None
    guess = parsed.get("intent") or {}
    intent = guess.get("name")
    answers = question.get("answers") or {}
    if intent in answers:
        return str(answers[intent])
    if set(nets) & NEVER_CLAIMED or (intent in NEVER_CLAIMED and guess.get("confidence", 0) >= SURE):
        return None
    if intent in (question.get("leaves") or []):
        return None
    given = {entity["entity"] for entity in parsed.get("entities") or []}
    taken = next((action for entity, action in (question.get("values") or {}).items() if entity in given), None)
    return taken or question.get("anything")


def _each_once(actions: list[str]) -> list[str]:
    return list(dict.fromkeys(actions))[:MOST_WISHES]


def _must_know(name: str, known: set[str], question: str) -> None:
    if name not in known:
        raise ValueError(f"question {question} names {name}, which the domain does not know")
