"""Writes each message's language on it, first of all: spelling, tokens and values depend on it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.parts import LANGUAGE, LANGUAGE_SURE, context, parts
from listening.language import identify_language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageIdentifier(GraphComponent):
    """Adds `language` and `language_sure` to the parse output."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """Nothing is trained: the word lists are data files."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Identify the language, staying in `metadata.language` when the message alone does not tell."""
        for message in parts(messages):
            language = identify_language(message.get(TEXT), context(message).get("language"))
            message.set(LANGUAGE, language.code, add_to_output=True)
            message.set(LANGUAGE_SURE, language.sure, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        self.process(training_data.training_examples)
        return training_data
