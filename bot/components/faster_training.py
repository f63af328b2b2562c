"""What stock Rasa does to every example at every step of a training, done once or not at all. Applied by `serve.py`; no
installed file is changed.

Measured (docs/decisions/lighter-rasa.md): every example was fingerprinted and copied, deeply, each time examples were put
together; each number of each example's features was written out as text to be hashed; every message was held against a schema,
which `rasa data validate` does too; a text of the YAML was held once more against the pattern of an environment variable for
each text read before it; and numbers that do not compress were compressed as hard as can be.
"""

from __future__ import annotations

import hashlib
import pickle
from functools import cached_property
from typing import Any

import rasa.shared.nlu.training_data.util
import scipy.sparse
from rasa.engine.storage.local_model_storage import TarSafe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml.resolver import VersionedResolver

_LITTLE = 1  # gzip's least effort: a model is weights, of which the most effort saves a tenth more
_TAGS = "versioned_resolver"

_stock_merge = TrainingData.merge
_stock_tags = VersionedResolver.versioned_resolver
_stock_pack = TarSafe.gzopen


def apply(validated: bool = False) -> None:
    """Replace the slow steps in this process. Calling it again changes nothing.

    `validated`: the messages are held against Rasa's schema elsewhere, and not here.
    """
    Message.__hash__ = _hash
    Message.__deepcopy__ = _copy
    Message.fingerprint = _fingerprint
    TrainingData.merge = _merge
    TarSafe.gzopen = classmethod(_pack)
    VersionedResolver.versioned_resolver = cached_property(_tags)
    VersionedResolver.versioned_resolver.__set_name__(VersionedResolver, _TAGS)
    rasa.shared.nlu.training_data.util.sparse_matrix_to_string = _digest
    if validated:
        RasaYAMLReader.validate = lambda self, string: None


def _tags(self: VersionedResolver) -> dict[str | None, tuple[Any, ...]]:
    """The same patterns by first letter, in tuples: the stock reader adds those of any letter to its list at each text."""
    return {None: (), **{letter: tuple(tags) for letter, tags in _stock_tags.fget(self).items()}}


def _merge(self: TrainingData, *others: TrainingData | None) -> TrainingData:
    """All of them in one new instance, as ever; the examples are shared, for what was put together is not used apart."""
    given = [self, *(other for other in others if other)]
    merged = _stock_merge(*map(_without_examples, given))
    examples = [one for data in given for one in data.training_examples]
    return _with_examples(examples, merged)


def _without_examples(data: TrainingData) -> TrainingData:
    return _with_examples([], data)


def _with_examples(examples: list[Message], rest: TrainingData) -> TrainingData:
    return TrainingData(examples, rest.entity_synonyms, rest.regex_features, rest.lookup_tables, rest.responses)


def _pack(cls: Any, name: Any, mode: str = "r", fileobj: Any = None, compresslevel: int = _LITTLE, **more: Any) -> Any:
    return _stock_pack.__func__(cls, name, mode, fileobj, compresslevel, **more)


def _hash(self: Message) -> int:
    """Equal messages have equal ones, as Rasa's own; which messages are equal is still Rasa's to say."""
    return hash((self.get(TEXT), self.get(INTENT)))


def _copy(self: Message, memo: dict[int, Any]) -> Message:
    """All of it, as ever: what can change is copied, and what cannot is shared."""
    copied = object.__new__(type(self))
    memo[id(self)] = copied
    copied.__dict__.update({name: _own(value) for name, value in self.__dict__.items()})
    return copied


def _own(value: Any) -> Any:
    if isinstance(value, (str, int, float, type(None))):
        return value
    if type(value) is list:
        return [_own(part) for part in value]
    if type(value) is dict:
        return {key: _own(part) for key, part in value.items()}
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _fingerprint(self: Message) -> str:
    """The same for the same message, as Rasa's own, in one hash instead of one for each word of each part."""
    if self._cached_fingerprint is None:
        self._cached_fingerprint = _hashed(repr(_seen([self.data, self.features])).encode())
    found: str = self._cached_fingerprint
    return found


def _seen(value: Any) -> Any:
    """Something whose text is the same for the same content, whatever the order of keys."""
    if isinstance(value, Token):
        return value.text, value.start, value.end, value.lemma, _seen(value.data)
    if isinstance(value, list):
        return [_seen(part) for part in value]
    if isinstance(value, dict):
        return sorted((str(key), _seen(part)) for key, part in value.items())
    return value.fingerprint() if hasattr(value, "fingerprint") else value


def _digest(matrix: scipy.sparse.spmatrix) -> str:
    """The same for the same numbers at the same places; Rasa asks for a text and hashes it."""
    places = matrix.tocoo()
    return _hashed(*(part.tobytes() for part in (places.row, places.col, places.data)))


def _hashed(*parts: bytes) -> str:
    found = hashlib.md5(usedforsecurity=False)
    for part in parts:
        found.update(part)
    return found.hexdigest()
