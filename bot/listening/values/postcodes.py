"""Postcodes of France, Spain and Belgium: announced, in an address, before a town, or alone."""

from __future__ import annotations

import re

from .page import Page
from .spoken_postcodes import DIGITS, read_postcodes_alone, with_towns

_MONEY = (
    r"€|eur|e\b|%|balles|pavos|f\.? ?cfa|cfa|francs?|francos|chf|dirhams?|dhs?\b|dinar|dol+ar|"
    r"pesos|livres|libras"
)
_POSTCODE = re.compile(r"(?:[bl]-? ?)?(\d\d\.\d{3}|\d(?: ?\d){3,4})(?! ?\d)")
_FIVE_DIGITS = re.compile(
    r"(?<![\d.,/+-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}(?![\d.,/-]?\d)"
    rf"(?! ?(?:{_MONEY}|boules|km|kw|m3))"
)
_BELGIAN_POSTCODE = re.compile(r"\b[bl]-? ?(\d{4})\b(?= [a-z])")
_IN_A_TOWN = re.compile(
    r"\b(?:a|de|en|sur|vers|pres de|cerca de) (?:la |le |el |las |les |los )?([a-z][a-z'-]{2,}),? ?\(?$"
)
_AFTER_ANOTHER = re.compile(r" ?(?:,|y|o|et|ou|puis|luego)(?: (?:ahora|antes|maintenant|avant|luego|puis|la|le|el))* $")
_NEXT_WORD = re.compile(r"^,? ?\(?(?:(?:le|la|les|el|los|las|san|santa) |l')?([^\W\d_][\w'-]+)")
# "El 24402 es Ponferrada", "35001, que es Las Palmas"
_NAMED_TOWN = re.compile(
    r"^,? ?(?:que |ya |c'?est bien |eso )?(?:es|era|c'?est|c'?etait|corresponde a|pertenece a|cae en|est)"
    r"(?: (?:de|en|a|el de|la de|du cote de))?(?: (?:la|las|el|los|le|les))? ([a-z][a-z'-]{2,})"
)
_AFTER_A_COMMA = re.compile(r", ?((?:0[1-9]|[1-8]\d|9[0-8])\d{3})[ .!]*$")
# "Toledo 45002" and nothing else.
_ONLY_A_PLACE = re.compile(r"^([a-z][a-z'-]+)(?: [a-z'-]+){0,2} ((?:0[1-9]|[1-8]\d|9[0-8])\d{3})[ .!]*$")
# "Brest, 29200" and "Uccle, 1180": a place, a comma, and nothing after but a street.
_AFTER_A_PLACE = re.compile(
    r"(?<![^\s])([a-z][a-z'-]+), ?(?:[bl]-)?((?:0[1-9]|[1-8]\d|9[0-8])\d{3}|[1-9]\d{3})"
    r"(?:[ .!]*$|(?=, ?(?:\ue004|rue|avenue|av|bd|boulevard|place|chemin|impasse|quai|route|calle|plaza|paseo|avenida)\b))"
)
# "zéro huit mille", "cero tres mil uno": a nought before thousands.
_NOUGHT_FIRST = re.compile(r"(?<![\d.,])(?<!\d )0 ([1-9] ?\d{3})(?! ?(?:\d|€|euro))")
# "Calle Mayor 3, Villalpando 49630": after an address, a name and its postcode.
_AFTER_AN_ADDRESS = re.compile(
    r"\ue004,?(?: [^\d;.!?\ue004]{0,30},)?(?: (?:a|en|de|le|la|el))? ([a-z][a-z'-]+) ((?:0[1-9]|[1-8]\d|9[0-8])\d{3})(?![\w€]|[.,]\d| ?€)"
)
# "Vielsalm, 6690, en Belgique"
_FOUR_IN_A_COUNTRY = re.compile(
    r"(?<![\w'-])[a-z][a-z'-]{2,},? \(?([1-9]\d{3})\)?,? (?:\(|en |in )?(?:belgique|suisse|luxembourg|belgica|suiza)\b"
)
_BEFORE_A_TOWN = (
    r"(?<![\d.,/+-])(?:(?:ch|b|be|f|fr|l|d)[- ]{{1,2}})?(?:(?P<five>\d\d[ .]?\d{{3}})|(?P<four>[1-9]\d{{3}})),? "
    r"(?:(?:a|de|en|d') ?)?(?:(?:l|la|las|el) )?(?(five)(?:{town}|{abroad})|{abroad})\b"
)
_AFTER_A_TOWN = (
    r"\b(?:(?:{town})(?: [a-z]+)?,? (?:codigo |code |cod\.? |\()?(?P<five>(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}})|"
    r"(?:{abroad}),? \(?(?P<four>[1-9]\d{{3}}))(?![\w€/-]|[.,]\d| ?(?:€|euro|e\b|eur\b|balles|pavos|km|kwh))"
)
_FIVE_ALONE = re.compile(r"(?<![\w.,/+-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}(?![\w.,/€-]\w| ?(?:€|eur|e\b|km|kwh|m3))")
_SPACED_POSTCODE = re.compile(rf"(?<![\d.,])\d\d[ .]\d{{3}}(?= [a-z])(?! ?(?:{_MONEY}))")
_FOUR_DIGITS = re.compile(r"(?<![\d.,/+-])(?!19|20)[1-9]\d{3}(?= [a-z])")


def read_postcodes(page: Page) -> None:
    """Announced, in an address, before a town, or alone."""
    for cue in page.matches("postcode_cue"):
        said = _POSTCODE.match(page.text, cue.end())
        if said:
            page.take("postcode", re.sub(r"\D", "", said.group(1)), said.span(1))
    for said in page.matches("postcode_last"):
        page.take("postcode", said["code"].replace(" ", ""), said.span("code"))
    for said in list(_FIVE_DIGITS.finditer(page.text)):
        if _is_postcode(page, said):
            page.take("postcode", said.group(), said.span())
    for said in [*_SPACED_POSTCODE.finditer(page.text), *_FOUR_DIGITS.finditer(page.text)]:
        if page.words.language == "es" and not page.original[slice(*page.aligned.origin(*said.span()))][:1].isdigit():
            continue  # "cuatro mil Pablos"; only in French is a code of four figures said in words
        at_home = not said.start() or page.says("home_cue", page.plain[: said.start()])
        if at_home and (_is_a_name(page, said.end() + 1) or _is_all_but_a_town(page, said)):
            page.take("postcode", re.sub(r"\D", "", said.group()), said.span())
    _read_before_towns(page)
    read_postcodes_alone(page)
    at_the_end = _AFTER_A_PLACE.search(page.text)
    if at_the_end and (
        _is_a_name(page, at_the_end.start(1)) or page.says("home_verb", page.plain[: at_the_end.start()])
    ):
        page.take("postcode", at_the_end.group(2), at_the_end.span(2))
    after_comma = _AFTER_A_COMMA.search(page.text)
    if after_comma and page.says("home_verb", page.plain[: after_comma.start()]):
        page.take("postcode", after_comma.group(1), after_comma.span(1))
    _read_after_places(page)
    alone = _ONLY_A_PLACE.search(page.text)
    if alone and _is_a_name(page, alone.start(1)) and not page.words.is_one_of("cue", alone.group(1)):
        page.take("postcode", alone.group(2), alone.span(2))
    for said in list(_BELGIAN_POSTCODE.finditer(page.text)):
        page.take("postcode", said.group(1), said.span(1))
    _read_beside_another(page)


def _read_before_towns(page: Page) -> None:
    """ "1060 saint gilles", "el 35010 de las palmas": beside a town everybody knows."""
    for said in list(with_towns(page.words.language, _BEFORE_A_TOWN).finditer(page.text)):
        if said["five"]:
            page.take("postcode", re.sub(r"\D", "", said["five"]), said.span("five"))
        elif not page.says("money_verb", page.plain[: said.start()]):
            page.take("postcode", said["four"], said.span("four"))


def _read_after_places(page: Page) -> None:
    """ "Hospitalet, 08902, al lado", "a Ourense, código 32004", "Vielsalm, 6690, en Belgique", "Plaza del Rollo 3, Villalpando 49630"."""
    for said in list(_NOUGHT_FIRST.finditer(page.text)):
        page.take("postcode", "0" + said.group(1).replace(" ", ""), said.span())
    for said in list(_FOUR_IN_A_COUNTRY.finditer(page.text)):
        page.take("postcode", said.group(1), said.span(1))
    for said in list(_AFTER_AN_ADDRESS.finditer(page.text)):
        if _is_a_name(page, said.start(1)):
            page.take("postcode", said.group(2), said.span(2))
    for said in list(with_towns(page.words.language, _AFTER_A_TOWN).finditer(page.text)):
        group = "five" if said["five"] else "four"
        if not page.says("money_verb", page.plain[: said.start()]):
            page.take("postcode", said[group], said.span(group))
    for said in page.matches("at_home"):
        if said.groupdict().get("town") and not _is_a_name(page, said.start("town")):
            continue  # "pon 20500 de entrada"
        page.take("postcode", said["code"], said.span("code"))


def _read_beside_another(page: Page) -> None:
    """ "31000 Toulouse puis 31400": where one postcode is said, five digits that no verb of paying announces are another."""
    for _, (_, end) in page.in_order("postcode"):
        for said in list(_FIVE_ALONE.finditer(page.text, end)):
            if not page.says("money_verb", page.plain[end : said.start()]):
                page.take("postcode", said.group(), said.span())


def _is_all_but_a_town(page: Page, said: re.Match[str]) -> bool:
    """ "33 000 bordeaux" and nothing else."""
    town = re.fullmatch(r",? ([a-z'-]{3,})(?: [a-z'-]+)?[ .!]*", page.text[said.end() :])
    return (
        len(re.sub(r"\D", "", said.group())) == DIGITS
        and not said.start()
        and town is not None
        and not page.words.is_one_of("after_money", town.group(1))
    )


def _is_postcode(page: Page, said: re.Match[str]) -> bool:
    first, last = page.aligned.origin(*said.span())
    before, after = page.plain[: said.start()], page.text[said.end() :]
    if not page.original[first:last].isdigit():  # "dix mille abonnés", but "trente-huit mille, Grenoble"
        town = _NEXT_WORD.match(after)
        return not before.strip() and town is not None and _is_a_name(page, said.end() + town.start(1))
    if not re.search(r"[a-z0-9]", before + after):
        return True
    next_word = _NEXT_WORD.match(after)
    if next_word and _is_a_name(page, said.end() + next_word.start(1)):
        return True
    if next_word and not page.words.is_one_of("after_money", next_word.group(1)):
        return not page.says("money_verb", before)
    if _is_named(page, said, before):
        return True
    if _follows_a_town(page, said) and not page.says("money_verb", before):
        return True
    if page.says("sum_named", before):  # "mon crédit de 15000"
        return False
    return page.says("home_cue", before) or any(found.entity in ("birth_date", "reference") for found in page.found)


def _is_named(page: Page, said: re.Match[str], before: str) -> bool:
    """The town it stands for, in capitals, where neither a sum nor a file was spoken of."""
    town = _NAMED_TOWN.match(page.text[said.end() :])
    return (
        town is not None
        and _is_a_name(page, said.end() + town.start(1))
        and not page.says("money_verb", before)
        and not page.says("file_named", before)
    )


def _follows_a_town(page: Page, said: re.Match[str]) -> bool:
    """ "On est à Sète 34200", "antes 29640 y ahora 29620": after a named town or another postcode."""
    joined = _AFTER_ANOTHER.search(page.text[: said.start()])
    if joined and any(span[1] == joined.start() for _, span in page.in_order("postcode")):
        return True
    town = _IN_A_TOWN.search(page.plain[: said.start()])
    return town is not None and _is_a_name(page, town.start(1))


def _is_a_name(page: Page, place: int) -> bool:
    """Whether the word there begins with a capital, in a message that is not all capitals."""
    return page.original[page.aligned.origin(place, place + 1)[0]].isupper() and not page.original.isupper()
