"""Reads messages on standard input through the newest trained model, with no server: one JSON a line comes out.

A line is a message, or a JSON object with `text` and, if known, `language`, `today` and `expecting`.
"""

import asyncio
import json
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from components import lighter_rasa

_PRINTED = ("text", "language", "intent", "intent_ranking", "intents", "doubtful", "likeliest", "entities", "signals")


def main() -> None:
    """Parse every line of standard input."""
    processor = load_processor(sys.argv[1] if len(sys.argv) > 1 else "models")
    for line in _lines():
        print(json.dumps(asyncio.run(parse(processor, line)), ensure_ascii=False, default=str), flush=True)


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
    parsed = await processor.parse_message(UserMessage(line["text"], metadata=known))
    return {key: parsed[key] for key in _PRINTED if key in parsed}


def _lines() -> Iterator[dict[str, Any]]:
    for line in map(str.strip, sys.stdin):
        if line:
            yield _as_object(line)


def _as_object(line: str) -> dict[str, Any]:
    """A debtor may write a brace: only an object with a text is taken as JSON."""
    try:
        read = json.loads(line)
    except ValueError:
        read = line
    return read if isinstance(read, dict) and "text" in read else {"text": line}


if __name__ == "__main__":
    main()
