"""What stock Rasa does again at every call, done once. Applied by `serve.py` before Rasa starts; no installed file is changed.

Measured (docs/decisions/lighter-rasa.md): half of a message's processor time re-validated the JSON schema of the action
server's answer against the schema of schemas; event classes were looked up by walking every subclass at each event read back.
At training every example was fingerprinted and copied, deeply, each time examples were put together; each number of each
example's features was written out as text to be hashed; and every message was held against a schema, which `rasa data
validate` does too.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import fastjsonschema
import rasa.shared.nlu.training_data.util
import rasa.shared.utils.common
import scipy.sparse
from rasa.core.actions.action import RemoteAction
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message


def apply(validated: bool = False) -> None:
    """Replace the slow steps in this process. Calling it again changes nothing.

    `validated`: the messages are held against Rasa's schema elsewhere, and not here.
    """
    RemoteAction._validate_action_result = _validate_action_result
    rasa.shared.utils.common.all_subclasses = lru_cache(maxsize=None)(_stock_all_subclasses)
    Message.__hash__ = _hash
    Message.__deepcopy__ = _copy
    Message.fingerprint = _fingerprint
    rasa.shared.nlu.training_data.util.sparse_matrix_to_string = _digest
    if validated:
        RasaYAMLReader.validate = lambda self, string: None


_stock_all_subclasses = rasa.shared.utils.common.all_subclasses


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


@lru_cache(maxsize=1)
def _check() -> Callable[[Any], Any]:
    """The same schema as Rasa's, compiled."""
    check: Callable[[Any], Any] = fastjsonschema.compile(RemoteAction.action_response_format_spec())
    return check


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Raises RasaException where an action's answer has not the shape that Rasa asks for."""
    try:
        _check()(result)
    except fastjsonschema.JsonSchemaException as wrong:
        raise RasaException(f"The action server's answer to {self.name()} has a wrong shape: {wrong}") from wrong
    return True
