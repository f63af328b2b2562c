"""Reads each message as typed, spelled out, and by ear; and cuts it where a second wish may begin."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.made_of import hash_of
from components.marked_parts import set_marked_parts
from components.misspelling import with_slips
from components.parts import AS_TYPED, BY_EAR, HALVES, LANGUAGE, MENDED, SLIPPED, SPELLED_OUT, WAYS, parts
from components.side_by_side import side_by_side
from components.slips_again import SlipsAgain
from listening.clauses import cuts
from listening.language import SPOKEN
from listening.readings import Reading, read, ways_to_read
from listening.sounds import by_ear

_NO_WORD = "qzxwvk"
# How many copies with slips an example has.
_COPIES = 2

_MADE_OF = (
    "components/marked_parts.py",
    "components/misspelling.py",
    "components/slips_again.py",
    "listening/clauses.py",
    "listening/folding.py",
    "listening/joints.yml",
    "listening/known_words.py",
    "listening/mending.py",
    "listening/near_words.py",
    "listening/paths.py",
    "listening/run_together.py",
    "listening/readings.py",
    "listening/slips.py",
    "listening/sorted_places.py",
    "listening/sounds.py",
    "listening/spelling",
    "listening/abbreviations",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormaliser(GraphComponent):
    """Keeps the original text; the other readings stand beside it for the featurizers."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained again when one of the files it works with changed."""
        return hash_of(*_MADE_OF)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Nothing is trained: the short forms and the known words are data files."""
        for language in SPOKEN:
            read(_NO_WORD, language)  # the lists are read now, and not while a debtor waits
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Cut in two, then spell every part out, in all the likely ways where slips leave doubt."""
        for message in messages:
            if message.get(TEXT):
                message.set(HALVES, _halves(message))
        for part in parts(messages):
            ways = ways_to_read(part.get(TEXT), part.get(LANGUAGE))
            _set_reading(part, ways[0])
            part.set(WAYS, ways)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are read whole, and in parts where their authors marked some. Many are met with slips of the keyboard too."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        for example in examples:
            set_marked_parts(example)
        for at, text in with_slips([example.get(TEXT) for example in examples]).items():
            examples[at].set(SLIPPED, [Message({TEXT: text, LANGUAGE: examples[at].get(LANGUAGE)})])
        whole = parts(training_data.training_examples)
        for part, reading in zip(whole, side_by_side(read, *_as_said(whole)), strict=True):
            _set_reading(part, reading)
        _slip_again(examples)
        return training_data


def _as_said(messages: list[Message]) -> tuple[Iterator[str], Iterator[str]]:
    return (message.get(TEXT) for message in messages), (message.get(LANGUAGE) for message in messages)


def _set_reading(message: Message, reading: Reading) -> None:
    message.set(SPELLED_OUT, reading.full)
    # What nobody writes tells the readers nothing: where slips were undone, the text as typed is left aside.
    message.set(AS_TYPED, reading.full if reading.changed else message.get(TEXT).lower())
    message.set(BY_EAR, reading.sound)
    message.set(MENDED, reading.changed)


def _slip_again(examples: list[Message]) -> None:
    """Copies with slips are made up to `_COPIES` an example from what became of those whose slips were undone."""
    chance = random.Random(0)
    for language in SPOKEN:
        said = [example for example in examples if example.get(LANGUAGE) == language]
        pairs = ((one.get(SPELLED_OUT), copy.get(SPELLED_OUT)) for one in said for copy in one.get(SLIPPED, []))
        again = SlipsAgain(pairs)
        for example in said:
            undone = example.get(SLIPPED, [])
            made = (again.copy(example.get(SPELLED_OUT), chance) for _ in range(_COPIES - len(undone)))
            example.set(SLIPPED, [*undone, *(_read_as(text, language) for text in made)])


def _read_as(text: str, language: str) -> Message:
    """A copy made from what is read, which needs no reading."""
    copy = {TEXT: text, LANGUAGE: language, SPELLED_OUT: text, AS_TYPED: text, MENDED: True}
    return Message({**copy, BY_EAR: by_ear(text, language)})


def _halves(message: Message) -> list[Message]:
    texts = [half for cut in cuts(message.get(TEXT), message.get(LANGUAGE)) for half in cut]
    return [Message({TEXT: text, LANGUAGE: message.get(LANGUAGE)}) for text in texts]
