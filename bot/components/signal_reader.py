"""Word lists beside the model: what must never be missed, and how the debtor feels."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from components.parts import LANGUAGE
from listening.safety_nets import signals


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SignalReader(GraphComponent):
    """Adds `signals` to the parse output."""

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
                message.set("signals", signals(message.get(TEXT), message.get(LANGUAGE)), add_to_output=True)
        return messages
