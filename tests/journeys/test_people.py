"""People of `people/`, played through the trained model and every process: almost all end in exactly the records they name.

For everybody, whatever they expect: nothing of a debt before identity, no sentence twice in a row, and silence once a person has
the conversation.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.creditor import CreditorSystem
from tests.journeys.debtor import DebtorChat
from tests.journeys.demo_process import DemoProcess
from tests.journeys.people_of_the_cast import Person, everybody, facts_of, filled_in, owe
from tests.journeys.records_left import records_left, transcript, what_differs

pytestmark = pytest.mark.journey

# The day the scenarios are written for: their Thursdays and their fifths of the month are read from it.
SUNDAY = "2026-11-22T10:00:00+01:00"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BEFORE_IDENTITY = r"\bdettes?\b|impay|cr[ée]ance|recouvr|\bdeudas?\b|impag|recobr|moros"
AT_ONCE = 4
HEARD_WITHIN, SILENT_FOR = 25.0, 2.0  # seconds
CAST = everybody()
# Of a hundred; the model is trained anew on every machine, and mishears one or the other.
AT_LEAST = 0.95
NEVER = ("told of a debt before identity", "spoke after the hand-over", "never")


@pytest.fixture(scope="module")
def played() -> Iterator[dict[str, list[str]]]:
    """For each person, what went wrong with the whole conversation below it; empty where nothing did."""
    with tempfile.TemporaryDirectory(prefix="entente-people-") as folder:
        demo = DemoProcess(Path(folder) / "var", ENTENTE_CLOCK=SUNDAY)
        try:
            facts = demo.wait_until_ready().facts
            with ThreadPoolExecutor(AT_ONCE) as pool:
                yield dict(zip((person.key for person in CAST), pool.map(lambda p: play(facts, p), CAST), strict=True))
        finally:
            demo.stop()


def test_most_end_in_exactly_the_right_records(played: dict[str, list[str]]) -> None:
    """The model is trained anew on every machine: one or the other is misheard, and is shown here with all that was said."""
    right = [key for key, wrong in played.items() if not wrong]
    shown = "\n\n".join("\n".join([key, *wrong]) for key, wrong in played.items() if wrong)
    print(f"{len(right)} of {len(played)} people end in the right records\n\n{shown}")
    assert len(right) >= AT_LEAST * len(played), shown


@pytest.mark.parametrize("never", NEVER)
def test_nobody_meets_what_no_conversation_may_show(never: str, played: dict[str, list[str]]) -> None:
    met = {key: line for key, wrong in played.items() for line in wrong if line.startswith(never)}
    assert met == {}


def play(facts: dict[str, Any], person: Person) -> list[str]:
    with CreditorSystem(facts) as creditor:
        owing = owe(creditor, person)
        talk = Talk(DebtorChat(facts["api_url"], owing["creditor"], person.language), creditor, owing)
        for turn in person.turns:
            talk.take(turn)
        heard = "\n".join(message["text"] or "" for message in talk.chat.heard if message["author"] != "debtor")
        left = records_left(creditor, talk.chat.conversation_id, owing)
        wrong = [*talk.wrong, *what_differs({"language": person.language, **person.expect}, left)]
        wrong += [f"never: {words}" for words in person.never if re.search(words, heard, re.I)]
        wrong += [f"not said: {words}" for words in person.said if not re.search(words, heard)]
        return [*wrong, *transcript(left)] if wrong else []


class Talk:
    """One person's conversation, and what no conversation may show."""

    def __init__(self, chat: DebtorChat, creditor: CreditorSystem, owing: dict[str, Any]) -> None:
        self.chat, self.creditor, self.owing = chat, creditor, owing
        self.wrong: list[str] = []
        self._last = ""

    def take(self, turn: str | dict[str, Any]) -> None:
        """A turn is a text, or `{say, heard?, never?, silent?}` where its own answer is looked at."""
        asked: dict[str, Any] = {"say": turn} if isinstance(turn, str) else turn
        if asked["say"] == "[ID]":
            for fact in facts_of(self.owing).values():
                if self._state("identity") != "verified":
                    self._write(fact, silent=False)
            return
        answer = self._write(filled_in(asked["say"], self.owing), silent=asked.get("silent", False))
        self._must(not asked.get("silent") or not answer, f"answered {asked['say']!r}, where silence was asked for")
        self._must(
            re.search(asked.get("heard", ""), answer, re.S), f"{asked['say']!r} was not met with {asked.get('heard')!r}"
        )
        if "never" in asked:
            self._must(not re.search(asked["never"], answer, re.I), f"never {asked['never']!r}, to {asked['say']!r}")

    def _write(self, text: str, *, silent: bool) -> str:
        before = self.creditor.get(f"/conversations/{self.chat.conversation_id}")
        held = before["mode"] == "human"
        began = len(self.chat.heard)
        within = SILENT_FOR if held or silent else HEARD_WITHIN
        if text.startswith("[PDF]"):
            answer = self.chat.send_document("preuve.pdf", PDF, text.removeprefix("[PDF]").strip(), within)
        else:
            answer = self.chat.say(text, within)
        said_by = [message["author"] for message in self.chat.heard[began:]]
        self._must(not held or "bot" not in said_by, f"spoke after the hand-over, to {text!r}")
        self._must(held or silent or answer, f"no answer to {text!r}")
        if before["identity"] != "verified" and self._state("identity") != "verified":
            self._must(not re.search(BEFORE_IDENTITY, answer, re.I), f"told of a debt before identity, to {text!r}")
        self._must(not answer or answer != self._last, f"said the same twice in a row, to {text!r}")
        self._last = answer or self._last
        return answer

    def _state(self, name: str) -> str:
        return str(self.creditor.get(f"/conversations/{self.chat.conversation_id}")[name])

    def _must(self, held: object, otherwise: str) -> None:
        if not held:
            self.wrong.append(otherwise)
