"""What stock Rasa does again at every call, done once. Applied by `serve.py` before Rasa starts; no installed file is changed.

Measured (docs/decisions/lighter-rasa.md): half of a message's processor time re-validated the JSON schema of the action
server's answer against the schema of schemas; event classes were looked up by walking every subclass at each event read back.
What is done to the examples at training is in `faster_training.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import fastjsonschema
import rasa.shared.utils.common
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException


def apply() -> None:
    """Replace the slow steps in this process. Calling it again changes nothing."""
    RemoteAction._validate_action_result = _validate_action_result
    rasa.shared.utils.common.all_subclasses = lru_cache(maxsize=None)(_stock_all_subclasses)


_stock_all_subclasses = rasa.shared.utils.common.all_subclasses


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
