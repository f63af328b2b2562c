"""One message being answered: who wrote it, what it says, what is known, and what is going to be said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.given_back import is_given_up
from actions.variation import worded
from actions.wording import kept_value, restored_value, written_value
from recovery.clock import Clock, local_day
from recovery.debts.find import open_debts
from recovery.debts.records import Creditor, Debt
from recovery.documents.keep_document import attach
from recovery.documents.records import Document
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.session.records import Conversation, Message

DEFAULT_ZONE = {"fr": "Europe/Paris", "es": "Europe/Madrid"}


@dataclass
class Turn:
    """`values` are the entities of the message, or those of the wish that is taken up again. `context` outlives the turn."""

    session: Session
    clock: Clock
    conversation: Conversation
    message: Message
    parsed: dict[str, Any]
    values: list[dict[str, Any]]
    context: dict[str, Any]
    responses: list[dict[str, Any]] = field(default_factory=list)
    follow_up: str | None = None
    asked: bool = False  # a question was opened in this turn
    resumed: dict[str, Any] | None = None  # the wish taken up again, once identity or the debt is known
    wordings: frozenset[str] = frozenset()  # the responses of the domain

    @property
    def language(self) -> str:
        return self.conversation.language

    @property
    def text(self) -> str:
        return str(self.resumed["text"]) if self.resumed else self.message.text

    @property
    def intent(self) -> str:
        return str(self.resumed["intent"]) if self.resumed else str((self.parsed.get("intent") or {}).get("name") or "")

    @property
    def wishes(self) -> set[str]:
        """Every wish that was heard in the message."""
        return {str(wish["name"]) for wish in self.parsed.get("intents") or []} | {self.intent}

    @property
    def debtor(self) -> Debtor:
        debtor = self.session.get(Debtor, self.conversation.debtor_id)
        assert debtor is not None, "this action asks for identity first"
        return debtor

    @property
    def known_debtor(self) -> Debtor | None:
        """The debtor once verified, else None."""
        return self.debtor if self.conversation.identity == "verified" and self.conversation.debtor_id else None

    @property
    def site_creditor(self) -> Creditor | None:
        return self.session.get(Creditor, self.conversation.creditor_id) if self.conversation.creditor_id else None

    @property
    def today(self) -> date:
        known = self.known_debtor
        return local_day(self.clock, known.time_zone if known else DEFAULT_ZONE[self.language])

    @property
    def debts(self) -> list[Debt]:
        """The verified debtor's debts that still have something due, oldest first."""
        return open_debts(self.session, self.debtor.id)

    def all_values(self, entity: str) -> list[Any]:
        return [found["value"] for found in self.values if found["entity"] == entity and found.get("value") is not None]

    def value(self, entity: str) -> Any | None:
        found = self.all_values(entity)
        return found[0] if found else None

    def amounts(self) -> list[Money]:
        """The sums said, but for one given up for another ("90 instead of 75")."""
        said = [found for found in self.values if found["entity"] == "amount" and found.get("value") is not None]
        meant = [found for found in said if not is_given_up(self.text, found.get("start"))] or said
        return [Money(found["value"]["cents"], found["value"]["currency"]) for found in meant]

    def day(self) -> date | None:
        value = self.value("date")
        return date.fromisoformat(value) if isinstance(value, str) else None

    def has_signal(self, signal: str) -> bool:
        return signal in (self.parsed.get("signals") or [])

    def say(self, response: str, buttons: list[dict[str, str]] | None = None, **values: Any) -> None:
        """Utter a response of the domain, in other words than a moment ago. Money, days and schedules are written as the debtor
        writes them.
        """
        response = self._in_other_words(response, values)
        written = {name: written_value(value, self.language) for name, value in values.items()}
        self.responses.append({"response": response, **({"buttons": buttons} if buttons else {}), **written})

    def enclose(self, document: Document) -> None:
        """A document of ours goes with what was said last."""
        attached = attach(self.session, self.clock, self.conversation, document)
        self.responses[-1] = {**self.responses[-1], "custom": {"attachment_id": str(attached)}}

    def ask(
        self,
        question: str,
        buttons: list[dict[str, str]] | None = None,
        *,
        form: str = "",
        seen: bool = False,
        **values: Any,
    ) -> None:
        """Open a question: `utter_ask_<question>`, or its shorter `_again` when the same words were just used. Asked a third time,
        a person is offered beside it.

        `form`: the suffix of another wording of the question. `seen`: its figures are known, whatever was asked since.
        """
        kept = {name: kept_value(value) for name, value in values.items()}
        asked = self.context.get("asked") or {}
        times = asked.get("times", 1) + 1 if (asked.get("question"), asked.get("values")) == (question, kept) else 1
        self.say(f"utter_ask_{question}{'_again' if times > 1 or seen else form}", buttons, **values)
        if times > 2:
            self.say("utter_person_offered")
        self.conversation.expecting = question
        self.context["asked_in"] = str(self.message.id)
        self.context["asked"] = {"question": question, "values": kept, "times": times}
        self.asked = True

    def wait_for(self, question: str) -> None:
        """What answers this question is awaited: it was put in other words than its own."""
        self.conversation.expecting = question
        self.context.pop("asked", None)
        self.context["asked_in"] = str(self.message.id)

    @property
    def asks_already(self) -> bool:
        """Another action of this very message opened a question: what was only guessed beside it opens no other."""
        return not self.asked and self.context.get("asked_in") == str(self.message.id)

    def leave_the_question(self) -> None:
        """What another action of this message asked stands, and is not said twice."""
        self.asked = True

    def ask_again(self, *, in_full: bool = False) -> None:
        """Come back to the open question after something else was answered; `in_full` with all it showed the first time."""
        asked = self.context.get("asked")
        if asked and asked["question"] == self.conversation.expecting:
            self.say(
                f"utter_ask_{asked['question']}{'' if in_full else '_again'}",
                **{name: restored_value(v) for name, v in asked["values"].items()},
            )

    def _in_other_words(self, response: str, values: dict[str, Any]) -> str:
        """What was said in this turn and the one before is kept, so that a crash and a second try say the same."""
        kept = self.context.get("said") or {}
        mine = str(self.message.id)
        before = kept.get("before", []) if kept.get("message") == mine else kept.get("now", [])
        now = kept.get("now", []) if kept.get("message") == mine else []
        figures = json.dumps({name: kept_value(value) for name, value in values.items()}, sort_keys=True, default=str)
        chosen = worded(response, {name for name, said in before if said == figures}, self.wordings)
        self.context["said"] = {"message": mine, "before": before, "now": [*now, [chosen, figures]]}
        return chosen

    def stay_with(self, subject: str) -> None:
        """Nothing is asked, but a bare figure that follows is still about this: "plutôt vendredi" once a promise is noted."""
        self.close_question()
        self.conversation.expecting = subject

    @property
    def contested_just_now(self) -> bool:
        """A dispute was opened by another action of this turn, and its question is the one that is open."""
        told = self.context.get("said") or {}
        asked = any(name.startswith("utter_ask_dispute_more") for name, _ in told.get("now", ()))
        return asked and told.get("message") == str(self.message.id) and self.conversation.expecting == "dispute_more"

    def close_question(self) -> None:
        self.conversation.expecting = None
        self.context.pop("asked", None)

    def keep_wish(self, action: str) -> None:
        """Put this wish aside until what it needs is known; several wait in order."""
        wish = {
            "action": action,
            "intent": self.intent,
            "text": self.text,
            "values": self.values,
            "message_id": str(self.message.id),
        }
        waiting = [w for w in self.context.get("wishes", []) if w["action"] != action]
        self.context["wishes"] = [*waiting, wish][-3:]

    def take_up_wish(self) -> bool:
        """Run the first wish put aside next, in this same turn. False where none waits."""
        waiting = self.context.get("wishes", [])
        if not waiting:
            return False
        self.context["resuming"] = waiting[0]
        self.context["wishes"] = waiting[1:]
        self.follow_up = waiting[0]["action"]
        return True
