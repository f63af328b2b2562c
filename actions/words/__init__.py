"""Words that actions look for or show, kept as data: no French or Spanish stands in Python."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache
def words_of(name: str) -> Any:
    """The word list `actions/words/<name>.yml`."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text(encoding="utf-8"))
