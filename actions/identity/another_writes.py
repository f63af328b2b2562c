"""Whether the words say that another than the debtor is writing."""

from __future__ import annotations

import re

from actions.words import words_of


def writes_as_another(text: str) -> bool:
    """ "I am the former wife of Javier Olmedo", "je suis sa fille": said in words, whatever is asked."""
    words = words_of("another_writes")
    return any(re.search(said.replace("{kin}", words["kin"]), text.replace("\u2019", "'")) for said in words["says"])
