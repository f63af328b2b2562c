"""The report's reader takes every kind of test set, and says where a line is of none."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bot"))

from report.rows import OTHER, BadRow, Row, read_rows  # noqa: E402  (the Rasa project is not on the path of the service)

HELD_OUT = sorted((ROOT / "tests" / "nlu" / "heldout").glob("*.jsonl"))


@pytest.mark.parametrize("file", HELD_OUT, ids=lambda file: file.stem)
def test_every_held_out_set_is_read(file: Path):
    rows = read_rows(file)
    assert len(rows) >= 50
    without = any(kind in file.stem for kind in ("_values", "_not_money", "_languages"))
    wanted = 2 if "_two" in file.stem else 0 if without else 1
    assert {len(row.wishes) for row in rows} == {wanted}
    languages = {"fr", "es", OTHER} if "_languages" in file.stem else {file.name[:2]}
    assert {row.language for row in rows} == languages


def test_other_readings_are_not_second_wishes(tmp_path: Path):
    file = tmp_path / "es.jsonl"
    file.write_text('{"text": "voy", "intent": "wait", "also": ["affirm"], "entities": {}}\n\n', encoding="utf-8")
    assert read_rows(file) == [Row("voy", "es", ("wait",), ("affirm",), {})]


@pytest.mark.parametrize("line", ["{", "[]", '{"intent": "greet"}', '{"text": "hola"}'])
def test_a_line_of_no_kind_is_named(tmp_path: Path, line: str):
    file = tmp_path / "fr.jsonl"
    file.write_text(f'{{"text": "bonjour", "intent": "greet"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadRow, match=r"fr\.jsonl, line 2"):
        read_rows(file)
