"""Reads messages on standard input through the newest trained model, with no server: one JSON a line comes out.

A line is a message, or a JSON object with `text` and, if known, `language`, `today` and `expecting`.
"""

import asyncio
import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from components import lighter_rasa

_PRINTED = ("text", "language", "intent", "intent_ranking", "intents", "doubtful", "likeliest", "entities", "signals")
_BEGINNING = re.compile(r"^[\s/]+")


def main() -> None:
    """Parse every line of standard input; a line that is empty or no UTF-8 has its answer too."""
    processor = load_processor(sys.argv[1] if len(sys.argv) > 1 else "models")
    for written in answers(processor, sys.stdin.buffer):
        print(written, flush=True)


def answers(processor: Any, lines: Iterable[bytes]) -> Iterator[str]:
    """One line of JSON for each line that comes in."""
    for line in lines:
        answer = _answer_to(processor, _as_object(line.decode("utf-8", "replace").strip()))
        yield json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8", "replace").decode("utf-8")


def load_processor(model: str) -> Any:
    """Rasa's message processor for a model file, or for the newest in a folder, with nothing said on the way."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false")
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    lighter_rasa.apply()
    # Imported here because Rasa reads the settings above when it is.
    import structlog
    from rasa.core.agent import Agent

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    agent = Agent.load(model)
    if not agent.is_ready():
        raise SystemExit(f"No trained model in {model}: run `rasa train` first.")
    return agent.processor


async def parse(processor: Any, line: dict[str, Any]) -> dict[str, Any]:
    """What the contract prints of one message."""
    from rasa.core.channels.channel import UserMessage

    known = {key: value for key, value in line.items() if key != "text"}
    # What begins with a slash is a payload to Rasa, and a person's message is none; spaces before it Rasa drops itself.
    bare = _BEGINNING.sub("", line["text"])
    parsed = await processor.parse_message(UserMessage(bare or "...", metadata=known))
    moved = len(line["text"]) - len(bare)
    for entity in parsed["entities"]:
        entity.update(start=entity["start"] + moved, end=entity["end"] + moved)
    read = {key: parsed[key] for key in _PRINTED if key in parsed}
    return {**_nothing_in(line), **read, "text": line["text"]}


def _answer_to(processor: Any, line: dict[str, Any]) -> dict[str, Any]:
    """An answer to every line: one that cannot be read (a day that is none) says why, and the next is read."""
    if not line["text"].strip():
        return _nothing_in(line)
    try:
        return asyncio.run(parse(processor, line))
    except Exception as error:  # whatever it is, the lines after it are read
        return {**_nothing_in(line), "error": f"{type(error).__name__}: {error}"}


def _nothing_in(line: dict[str, Any]) -> dict[str, Any]:
    """The contract's fields for a message that says nothing."""
    nothing: dict[str, list[Any]] = {key: [] for key in ("intent_ranking", "intents", "entities", "signals")}
    return {
        "text": line["text"],
        "language": line.get("language") or "fr",
        "intent": {"name": None, "confidence": 0.0},
        **nothing,
    }


def _as_object(line: str) -> dict[str, Any]:
    """A debtor may write a brace: only an object with a text is taken as JSON."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        read = line
    return read if isinstance(read, dict) and isinstance(read.get("text"), str) else {"text": line}


if __name__ == "__main__":
    main()
