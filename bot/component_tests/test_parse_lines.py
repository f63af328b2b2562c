"""`make parse`: a line comes out for each line that goes in, whatever it holds."""

import json

import pytest
from parse import answers


class _Processor:
    """Stands for Rasa's: repeats the text, and refuses a day that is none as the value reader does."""

    async def parse_message(self, message) -> dict:
        if "today" in message.metadata:
            raise ValueError("Invalid isoformat string")
        return {"text": message.text, "language": "es", "intent": {"name": "greet", "confidence": 1.0}, "entities": []}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b"hola", "hola"),
        (b"", ""),
        (b"   ", ""),
        (b'{"text": "hola", "language": "es"}', "hola"),
        (b'{"text": "hola"', '{"text": "hola"'),
        (b'{"text": 5}', '{"text": 5}'),
        (b"[1, 2]", "[1, 2]"),
        (b"nul \x00 inside", "nul \x00 inside"),
        (b"\xff\xfe no utf-8", "\ufffd\ufffd no utf-8"),
        (b'{"text": "half a pair \\ud83d"}', "half a pair ?"),
        ("👍🏽".encode(), "👍🏽"),
        (b"a" * 10_000, "a" * 10_000),
        (b"[" * 100_000, "[" * 100_000),
        (b'{"text": "hola", "today": "tomorrow"}', "hola"),
    ],
    ids=range(14),
)
def test_each_line_has_its_answer(line: bytes, text: str) -> None:
    first, second = map(json.loads, answers(_Processor(), [line + b"\n", b"adios\n"]))
    assert first["text"] == text and second["text"] == "adios"
    assert {"text", "language", "intent", "intent_ranking", "intents", "entities", "signals"} <= set(first)
