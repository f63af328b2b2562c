"""The word files say the same with libyaml and without it, which not every machine has."""

from pathlib import Path

import pytest
import yaml

_WORDS = Path(__file__).resolve().parents[2] / "bot" / "listening" / "values" / "words"


@pytest.mark.parametrize("path", sorted(_WORDS.glob("*.yml")), ids=lambda path: path.name)
def test_both_loaders_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.BaseLoader) == yaml.load(
        text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    )
