"""Amounts, dates and the other values as Rasa entities, read by rules and not learnt."""

from __future__ import annotations

import datetime
import os
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.parts import LANGUAGE, context
from components.questions import reads_as
from components.subjects import subject_of
from listening.values import Found, read_values


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueReader(EntityExtractorMixin, GraphComponent):
    """Adds one entity a value; its `value` is normalised and its `bound` is "before", "after" or absent."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ValueReader:
        """Nothing is trained."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the values against the day of the conversation."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, [*message.get(ENTITIES, []), *self._entities(message)], add_to_output=True)
        return messages

    def _entities(self, message: Message) -> list[dict[str, Any]]:
        found = read_values(
            message.get(TEXT),
            message.get(LANGUAGE),
            conversation_day(context(message)),
            reads_as(context(message).get("expecting")),
            subject=subject_of(
                () if message.get("doubtful") else [wish["name"] for wish in message.get("intents", [])]
            ),
        )
        return [{**_entity(value), "extractor": self.name} for value in found]


def conversation_day(known: dict[str, Any]) -> datetime.date:
    """The day the service names, else the frozen clock, else today where the machine stands."""
    named = known.get("today") or os.environ.get("TODAY") or os.environ.get("ENTENTE_CLOCK")
    return datetime.date.fromisoformat(named[:10]) if named else datetime.datetime.now().astimezone().date()


def _entity(found: Found) -> dict[str, Any]:
    entity = {"entity": found.entity, "value": found.value, "start": found.start, "end": found.end, "text": found.text}
    return {**entity, "bound": found.bound} if found.bound else entity
