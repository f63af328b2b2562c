"""Looking back from a figure, over small words, to what announces a sum: "je peux vous en mettre 40"."""

from __future__ import annotations

import re

from .page import AMOUNT, COUNT, DATE, OTHER, PERIOD, Page

WORD_BEFORE = re.compile(r"(?:([a-z][a-z']*)|([\ue000-\ue004]+)|(\d+(?:[.,]\d+)*)|([^\sa-z\d]))\s*$")
_GROUPED = re.compile(r"^\d{1,3}(?:[. ']\d{3})+")
_SIGNS = ",:.;!?()'\"¿¡-…/="
_SMALLEST_ALONE = 10_00  # a message of one small figure says nothing of money
_FACTS = ("birth_date", "postcode", "reference", "phone", "email")  # asked for, a bare figure is none of money
_LAST_DAY = 31_00
_CLAUSE_END = re.compile(r"[,.;!?]")
_WORDS = re.compile(r"[a-z]+")
_REACH, _NEAR, _FAR = 9, 2, 25  # words


def is_announced(page: Page, match: re.Match[str], value: int) -> bool:
    """Whether a verb or a name of money stands before the figure, with only small words between."""
    text = page.text[: match.start()]
    opening = True
    if value >= _SMALLEST_ALONE and page.expecting in (None, "amount") and page.says("slip_told", text):
        return True  # "un zéro de trop, 35 pas 350"
    for step in range(_REACH):
        said = WORD_BEFORE.search(text)
        if said is None:
            return opening and _stands_alone(page, match, value)
        word, mark, figure, sign = said.groups()
        if mark:
            if mark[-1] != DATE and not _is_a_share(page, mark):
                return mark[-1] in (AMOUNT, COUNT, PERIOD) and (step < _NEAR or value >= _SMALLEST_ALONE)
        elif word:
            if _announces(page, word, value) and not page.says("no_cue", text):
                return True
            opening = opening and page.words.is_one_of("opening", word)
            if not opening and not page.words.is_one_of("between", word):
                return False
        elif figure or sign not in _SIGNS:
            return False
        text = text[: said.start()]
    return False


def _is_a_share(page: Page, mark: str) -> bool:
    """ "J'ai payé la moitié, 130": the share is read over."""
    return mark[-1] == OTHER and any(found.entity == "share" for found in page.found)


def _announces(page: Page, word: str, value: int) -> bool:
    bare = word.rpartition("'")[2]  # "j'attendais"
    spoken = word.removeprefix("j")  # "jacepte", "jpropose"
    lists = ("cue", "verb_form") if value >= _SMALLEST_ALONE else ("small_cue",)
    return any(page.words.is_one_of(name, said) for name in lists for said in (word, bare, spoken))


def _stands_alone(page: Page, match: re.Match[str], value: int) -> bool:
    """Nothing but "ok", "plutôt", "vale pues" before the figure, and little after it or what it is asked for."""
    if page.expecting in _FACTS or (page.expecting == "date" and value <= _LAST_DAY):
        return False
    after = page.text[match.end() :]
    clause, words = _CLAUSE_END.split(after)[0], len(_WORDS.findall(after))
    told_first = bool(clause) or after.lstrip()[:1] == ","
    short = words <= _REACH or (told_first and words <= _FAR and len(_WORDS.findall(clause)) <= _REACH)
    short = short or page.says("for_a_thing", after)
    return _GROUPED.match(match.group()) is not None or (value >= _SMALLEST_ALONE and short)
