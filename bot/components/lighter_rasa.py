"""Keeps TensorFlow out of a process that only answers, until a component of its model needs it. No installed file is changed.

Our own components answer in numpy, yet loading a model brought TensorFlow in by two doors (docs/decisions/lighter-rasa.md):
every entity extractor imports `rasa.utils.train_utils` for one function it may never call, and a model's metadata names the
components of its training graph, the validator of DIET and TED among them, which an answering process never runs.
A model that names DIET, TED or another component over TensorFlow imports it when that component is loaded, as ever.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import SourceLoader
from types import ModuleType
from typing import Any

_TRAINING_TOOLS = "rasa.utils.train_utils"
_NO_GRAPH: dict[str, Any] = {"nodes": {}}


def apply() -> None:
    """Close both doors in this process: call it before anything of Rasa is imported. Calling it again changes nothing."""
    if _TRAINING_TOOLS not in sys.modules:
        _load_when_used(_TRAINING_TOOLS)
    _leave_training_graph_unread()


def _load_when_used(name: str) -> None:
    """Put the module in its place, empty: whoever first asks it for something of its own has it loaded."""
    # Finding it imports the packages it is in, and they import nothing.
    spec = importlib.util.find_spec(name)
    assert spec and isinstance(spec.loader, SourceLoader)
    module, loader = importlib.util.module_from_spec(spec), spec.loader
    # Pickling asks every module in memory whether it knows a name: one that is not there must not load it.
    known = set(loader.get_code(name).co_names)

    def load(wanted: str) -> Any:
        if wanted not in known:
            raise AttributeError(f"module '{name}' has no attribute '{wanted}'")
        del module.__getattr__
        loader.exec_module(module)
        return getattr(module, wanted)

    module.__getattr__ = load  # type: ignore[method-assign]
    _put(name, module)


def _put(name: str, module: ModuleType) -> None:
    package, _, child = name.rpartition(".")
    sys.modules[name] = module
    setattr(sys.modules[package], child, module)


def _leave_training_graph_unread() -> None:
    from rasa.engine.storage.storage import ModelMetadata

    if hasattr(ModelMetadata, "_stock_from_dict"):
        return
    ModelMetadata._stock_from_dict = ModelMetadata.from_dict
    ModelMetadata.from_dict = classmethod(_from_dict)


def _from_dict(cls: Any, serialized: dict[str, Any]) -> Any:
    return cls._stock_from_dict({**serialized, "train_schema": _NO_GRAPH})
