"""Noting a date: was it in the past, and is it a limit?"""

from __future__ import annotations

import datetime
import re

from ..page import Page, Span

_SENTENCE_END = re.compile(r"[.;!?\n](?!\d)")
# Small words a rule reads along with the day; "votre courrier du 3" and "pour le 3" say which way it lies.
_LEADING = re.compile(
    r"(?:(?:le|la|les|el|los|al|au|du|de|del|dia|dias|pour|para|por|avant|apres|vers|entre|autour|antes|sobre|hacia|"
    r"ce|cette|este|en|a|des|jours|prochain|proximo)\b ?)*"
)
_CLAUSE = re.compile(r",|\b(?:donc|alors|mais|du coup|asi que|conque|entonces|pero)\b")
_ACCENT = re.compile("[éèêÉÈ]")
_LONE_A = re.compile(r"\ba\b")
_NEAR = 60
_FAR = 300  # letters: a verb further away than that says nothing of the day


def take_date(page: Page, day: datetime.date | None, span: Span) -> None:
    """Note a resolved day with its bound; a day that does not exist is struck out and noted as nothing."""
    if day is None:
        page.strike(span)
    else:
        page.take("date", day.isoformat(), span, bound_of(page, span))


def bound_of(page: Page, span: Span) -> str | None:
    """ "before" or "after" when the words around the day make it a limit."""
    start, end = span
    said = page.plain[start:end].split(" ")
    for words in range(min(4, len(said)), -1, -1):  # the rule may have read "avant le" along with the day
        left = (page.plain[max(0, start - _NEAR) : start] + " ".join(said[:words])).rstrip()
        if page.says("after", left):
            return "after"
        if page.says("before", left):
            return "before"
    return "before" if page.says("before_after", page.plain[end : end + _FAR]) else None


def is_past(page: Page, span: Span) -> bool:
    """Whether the verb nearest to the date, before it or else after it in the sentence, tells of the past."""
    return tense_of(page, span) == "past"


def is_told_in_the_past(page: Page, span: Span) -> bool:
    """The same by the words alone: the wish tells which way a day lies, not that "en ocho días" is how long it took."""
    return tense_of(page, span, by_the_wish=False) == "past"


def tense_of(page: Page, span: Span, by_the_wish: bool = True) -> str:
    """ "past", "future", or "unsure" when a past verb leads to a limit ("j'étais arrêtée jusqu'au 10 octobre")."""
    if page.tense:
        return page.tense
    start, end = span
    following = page.plain[end : end + _FAR]
    if page.says("preterite", page.original[page.aligned.origin(end - 1, end)[1] :][:_NEAR].lower()):
        return "past"  # "el viernes os pagó"
    if page.says("to_come", following):
        return "future"
    if page.says("gone_by", following):
        return "past"
    start += len(_LEADING.match(page.plain[start:end]).group())  # type: ignore[union-attr]
    before = _SENTENCE_END.split(_accented_a(page, start))[-1].rstrip()
    past = max(_last(page, "past", before), _accented_past(page, start, before))
    future = _last(page, "future", before)
    if page.says("dated", before):
        return "past"
    if page.says("since", before):
        return _tense_since(page, before, following)
    if page.says("shown", before):
        return "unsure"
    if page.says("limit", before):
        if page.says("limit_gone", before):
            return "past"
        return "unsure" if past > future else "future"
    if past == future == -1:
        after = _SENTENCE_END.split(following)[0]
        behind, to_come = _first(page, "past", after), _first(page, "future", after)
        return "past" if behind < to_come or (behind == to_come and by_the_wish and page.subject.past) else "future"
    return "past" if past > future else "future"


def _tense_since(page: Page, before: str, after: str) -> str:
    """ "Desde el 1 de febrero ya cobraré" is to come, "desde el 3 vuelvo a trabajar" either."""
    if page.says("since_to_come", before) or page.says("since_then_to_come", after):
        return "future"
    return "unsure" if page.says("since_then_now", after) else "past"


def _accented_a(page: Page, end: int) -> str:
    """The text just before, where "à" is told from "a" when the person did: "à payer" is to come, "a payé" is past."""
    first = max(0, end - _FAR)
    return _LONE_A.sub(
        lambda a: "à" if page.original[page.aligned.origin(first + a.start(), first + a.end())[0]] in "àÀ" else "a",
        page.plain[first:end],
    )


def told_in_another_clause(page: Page, span: Span) -> bool:
    """Whether a comma or a joint ("donc", "así que") parts the day from the past verb before it."""
    before = _SENTENCE_END.split(page.plain[: span[0]])[-1]
    return bool(_CLAUSE.search(before[max(0, _last(page, "past", before)) :]))


def _last(page: Page, rule: str, text: str) -> int:
    return max((match.end() for pattern in _patterns(page, rule) for match in pattern.finditer(text)), default=-1)


def _first(page: Page, rule: str, text: str) -> int:
    return min(
        (match.start() for pattern in _patterns(page, rule) for match in pattern.finditer(text)),
        default=len(text) + 1,
    )


def _patterns(page: Page, rule: str) -> tuple[re.Pattern[str], ...]:
    """Where somebody writes accents, "ma caisse paye le 15" is no "payé"."""
    patterns = page.words.patterns[rule]
    bare = rule == "past" and not _ACCENT.search(page.original)
    return (*patterns, *page.words.patterns["past_without_accents"]) if bare else patterns


def _accented_past(page: Page, start: int, before: str) -> float:
    """Accents, when the person wrote them, tell "pagó" from "pago" and "payé" from "paye"."""
    if start == 0:
        return -1
    end = page.aligned.origin(start - 1, start)[1]
    original = page.original[max(0, end - len(before) - _NEAR) : end].lower()
    matches = [match.end() for pattern in page.words.patterns["accented_past"] for match in pattern.finditer(original)]
    # A little later than the same word without its accent: "pagó" is past where "pago" is to come.
    return len(before) - (len(original.rstrip()) - max(matches)) + 0.5 if matches else -1
