"""Word lists beside the model: what must never be missed, and how the debtor feels."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from components.kinds_of_wish import NEVER_MISSED
from components.parts import DENIED, LANGUAGE
from listening.safety_nets import signals

_ALWAYS_BELIEVED = frozenset({"stop_contact", "express_distress"})
_A_SENTENCE = 5  # words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SignalReader(GraphComponent):
    """Adds `signals` to the parse output, and to `intents` the wishes that only a net caught."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignalReader:
        """Nothing is trained: the lists are data files."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read every message that has text."""
        for message in messages:
            if message.get(TEXT):
                caught = _believed(message, signals(message.get(TEXT), message.get(LANGUAGE)))
                message.set("signals", caught, add_to_output=True)
                message.set("intents", _with_nets(message, caught), add_to_output=True)
        return messages


def _believed(message: Message, caught: list[str]) -> list[str]:
    """A net catches words; where the model rules a wish out in a sentence, whole and halves, the words meant something else.

    Never so for a stop or a life, and not in a few words, which are what the model knows least.
    """
    denied = message.get(DENIED, frozenset()) - _ALWAYS_BELIEVED
    return [name for name in caught if name not in denied or len(message.get(TEXT).split()) < _A_SENTENCE]


def _with_nets(message: Message, caught: list[str]) -> list[dict[str, Any]]:
    """The wishes the model found, and those the nets caught beside them, with the chance the model gave these."""
    wishes = message.get("intents") or []
    chances = {guess["name"]: guess["confidence"] for guess in message.get("intent_ranking") or []}
    missing = [name for name in caught if name in NEVER_MISSED - {wish["name"] for wish in wishes}]
    return [*wishes, *({"name": name, "confidence": chances.get(name, 0.0)} for name in missing)]
