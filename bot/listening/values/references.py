"""The numbers of files, invoices and contracts."""

from __future__ import annotations

import re

from .codes import parted_codes, spaced_codes, spelt_codes
from .page import Page

_REFERENCE = re.compile(
    r"[a-z]{1,4}\d{1,4} [a-z]{1,4}\d{2,6}\b|"
    r"(?:19|20)\d\d (?!por|con|del|los|las|que|son|des|les|pour|avec|eur)[a-z]{2,4} \d{3,6}\b(?! ?(?:€|euro))|"
    r"\d{1,3}(?:\.\d{3}){2,}(?![\d,])|"
    r"\d(?: \d){2,}(?: ?[-/] ?\d+(?:(?: \d){2,}(?!\d)|(?: \d)+(?=[ .!]*$|[,;]))?)*(?! ?(?:€|euro))|"
    r"(?:(?:fr|be|ent|es(?= 20\d\d \d)|[a-z] [a-z](?= \d)|(?!est|cet|mes|ref|num|nro|exp|fra|nos|vos|les|des|que)[a-z]{2,3}(?= 20\d\d \d)|"
    r"(?!(?:du|de|le|la|el|al|au|et|en|ou|un|no|ne|es|su|mi|me|te|se|ce|on|je|il|os|lo|ya|si|va|da|cp) )"
    r"[a-z]{2}(?= \d{4,8}(?! ?(?:€|eur|e\b))\b)|[b-df-hj-np-tv-z]{3}(?= \d{4,8}(?! ?(?:€|eur|e\b))\b)|"
    r"(?!du|de|le|la|el|al|au|et|en|ou|un|no|ne|y )[a-z]{2}(?= \d{2,} \d| \d{2,}-\d))"
    r" )?"
    r"(?=[a-z0-9/-]*\d)[a-z0-9]+(?: ?[-/] ?[a-z0-9]*\d[a-z0-9]*|[-/][a-z]+(?=[-/])|[-/][a-z]{1,3}\b)*"
    r"(?: \d+(?:[-/]\d+)*(?!\d*(?:[,.]\d|[%€])| ?(?:€|euro)))*"
)
_JOINED_CODE = re.compile(r"[a-z]{0,4}-?\d[\da-z/-]*")
_JOINED_REFERENCE = re.compile(
    r" ?(?:,|y|e|o|u|et|ou|&|\+|y la|y el|et le|et la) ?(?P<next>(?=[a-z]|\d+[-/][a-z\d])[a-z]{0,4}-?\d[\da-z/-]{2,})(?![\w€])"
)
_LETTERS_APART = re.compile(r"(?<![a-z'])[a-z]{1,4} (?=\d)")
_CAPITALS_FIRST = re.compile(r"(?<![\w-])(?P<letters>[a-z]{2,5}) \d{5,9}(?![\w€.,/-]?\d| ?(?:€|euro|e\b))")
_LAST_LETTER = re.compile(r" [b-df-hj-np-z](?=[ .,!?]*$)")
_LETTER_APART = re.compile(r" (?:[b-df-hj-np-z]|[a-z]{2,3})(?![\w'])")
_FIGURE_LAST = re.compile(r"(?<![\w/.,-])\d{4,}$")
_LETTERS_FIRST = re.compile(r"[a-z]{1,5}[- /]?(?=\d)")
_SMALL_WORD = re.compile(r"^(?:du|de|le|la|el|del|au|al|les|los)\d*\b")


def read_references(page: Page) -> None:
    """A file or invoice number, announced as one or shaped as ours are."""
    for span in parted_codes(page):
        page.take("reference", reference(page.text[slice(*span)]), span)
    for cue in page.matches("reference_cue"):
        start, number = _capitals(page, cue.end()) or (cue.end(), cue.end())
        said = _REFERENCE.match(page.text, number)
        if said and _is_reference(page, said):
            end = _with_its_last_letter(page, start, said.end())
            page.take("reference", reference(page.text[start:end]), (start, end))
    for span in spaced_codes(page):
        page.take("reference", reference(page.text[slice(*span)]), span)
    for span in spelt_codes(page):
        page.take("reference", re.sub(r"\W", "", page.text[slice(*span)]).upper(), span)
    for shape in page.matches("reference_shape"):
        page.take("reference", reference(shape.group()), shape.span())
    for shape in list(_CAPITALS_FIRST.finditer(page.text)):
        if _is_all_capitals(page, shape.span("letters")) and not page.words.is_one_of("no_reference", shape["letters"]):
            page.take("reference", reference(shape.group()), shape.span())
    for _, (_, end) in page.in_order("reference"):
        _read_next(page, end)
    _read_alike(page)
    _drop_said_again(page)


def _drop_said_again(page: Page) -> None:
    """ "VT 3390 creo, espera... sí, VT 3390": one file, said twice."""
    known: set[str] = set()
    for found, _ in page.in_order("reference"):
        bare = re.sub(r"\W", "", found.value)
        if bare in known:
            page.drop(found)
        known.add(bare)


def _read_next(page: Page, end: int) -> None:
    """ "Dossiers RG-101 et RG-217": what is joined to a reference and built as one."""
    said = _JOINED_REFERENCE.match(page.text, end) or _joined_figure(page, end)
    if said and _is_reference(page, _whole(page, said)):
        page.take("reference", reference(said["next"]), said.span("next"))
        _read_next(page, said.end())


def _with_its_last_letter(page: Page, start: int, end: int) -> int:
    """ "KX 4471 B", "551 204 QF": a letter apart that ends what began with letters, or capitals apart."""
    letter = _LAST_LETTER.match(page.text, end) if page.text[start].isalpha() else None
    if letter is None:
        letter = _LETTER_APART.match(page.text, end)
        letter = letter if letter and _is_all_capitals(page, (end + 1, letter.end())) else None
    return letter.end() if letter else end


def _is_all_capitals(page: Page, span: tuple[int, int]) -> bool:
    first, last = page.aligned.origin(*span)
    alone = span[0] == 0 and " " not in page.plain[span[1] + 1 :].strip()
    return page.original[first:last].isupper() and (alone or not page.original.isupper())


def _joined_figure(page: Page, end: int) -> re.Match[str] | None:
    """ "Dossiers 4412 et 4413": figures alone, joined and as long."""
    before = _FIGURE_LAST.search(page.plain[:end])
    if before is None:
        return None
    joint = r" ?(?:,|y|o|et|ou|&|\+|y el|y la|et le|et la) ?"
    return re.compile(rf"{joint}(?P<next>\d{{{len(before.group())}}})(?![\w€.,/-]?\w| ?(?:€|euro))").match(
        page.text, end
    )


def _read_alike(page: Page) -> None:
    """ "La facture FA2026-1187 et pas la FA2026-1204": what begins with the same letters and is as long."""
    for found, (start, end) in page.in_order("reference"):
        letters = _LETTERS_FIRST.match(page.plain[start:end])
        if letters is None:
            continue
        for said in re.finditer(rf"(?<![\w/-]){re.escape(letters.group())}\d[\d/-]{{2,}}(?![\w/€-])", page.text):
            if abs(len(said.group()) - (end - start)) <= 1 and reference(said.group()) != found.value:
                page.take("reference", reference(said.group()), said.span())


def _whole(page: Page, said: re.Match[str]) -> re.Match[str]:
    return _JOINED_CODE.match(page.text, said.start("next")) or said


def _capitals(page: Page, start: int) -> tuple[int, int] | None:
    """Where capitals stand apart before the number, "contrat C 4589": the cue may have taken the letter for "c'est"."""
    for letters in (_LETTERS_APART.match(page.text, start - 2), _LETTERS_APART.match(page.text, start)):
        if letters and _is_all_capitals(page, (letters.start(), letters.end() - 1)):
            return letters.span()
    return None


def _is_reference(page: Page, said: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in said.group())
    if digits < 3 or len(said.group()) < 4 or _SMALL_WORD.match(said.group()) or _is_a_round_number(page, said):
        return False
    return not page.says("reference_stop", page.text[said.start() :])


def _is_a_round_number(page: Page, said: re.Match[str]) -> bool:
    """ "Soy cliente de mil sitios": one number in words, and round."""
    first, last = page.aligned.origin(*said.span())
    return said.group().isdigit() and said.group().endswith("00") and not re.search(r"\d", page.original[first:last])


def reference(said: str) -> str:
    """In capitals, with dashes where the person put spaces."""
    return re.sub(r" ?([-/]) ?", r"\1", said.strip()).replace(" ", "-").upper()
