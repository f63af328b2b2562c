"""A message and the halves it may be cut into: every featurizer reads all of them, the classifier decides.

At training an example may be followed by its marked parts, and by copies of itself with slips of the keyboard.
"""

from typing import Any

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

HALVES = "halves"
WISH = "wish"
DENIED = "denied"
LANGUAGE = "language"
LANGUAGE_SURE = "language_sure"
SLIPPED = "slipped"
AS_TYPED = "as_typed"
SPELLED_OUT = "spelled_out"
BY_EAR = "by_ear"
MENDED = "mended"
WAYS = "ways"


def parts(messages: list[Message]) -> list[Message]:
    """The messages that carry text, each followed by its halves, or by its copies with slips."""
    return [
        part
        for message in messages
        if message.get(TEXT)
        for part in (message, *message.get(HALVES, []), *message.get(SLIPPED, []))
    ]


def context(message: Message) -> dict[str, Any]:
    """What the service says about the conversation: `today`, `language` of the turn before, `expecting`."""
    return message.get("metadata") or {}
