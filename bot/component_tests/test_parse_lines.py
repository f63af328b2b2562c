"""`make parse`: a line comes out for each line that goes in, whatever it holds."""

import json

import pytest
from parse import answers


class _Processor:
    """Stands for Rasa's: repeats the text, and refuses a day that is none as the value reader does."""

    async def parse_message(self, message) -> dict:
        if "today" in message.metadata:
            raise ValueError("Invalid isoformat string")
        at = message.text.find("le 5")
        entities = [{"entity": "date", "start": at, "end": at + 4}] if at >= 0 else []
        return {"text": message.text, "language": "es", "intent": {"name": "greet"}, "entities": entities}


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


@pytest.mark.parametrize("line", ["/pay_now le 5", '{"text": "  le 5 "}', "// le 5", "/"])
def test_a_slash_makes_no_payload_and_moves_nothing(line: str) -> None:
    [read] = map(json.loads, answers(_Processor(), [line.encode()]))
    assert read["text"] == (json.loads(line)["text"] if line.startswith("{") else line)
    assert all(read["text"][found["start"] : found["end"]] == "le 5" for found in read["entities"])
