"""Means of payment, channels and hardships: values of a closed list, recognised by what people call them."""

from __future__ import annotations

import re

from .page import OTHER, Page


def read_kinds(page: Page) -> None:
    """Each kind once, where it is first said. Reads around the e-mail addresses already found."""
    for entity, kinds in page.words.kinds.items():
        text = page.words.no_kind[entity].sub(lambda said: _struck(page, said), _without_emails(page))
        for kind, said in kinds:
            match = said.search(text)
            if match:
                page.take(entity, kind, match.span(), strike=False)


def _struck(page: Page, said: re.Match[str]) -> str:
    page.touched.append(page.aligned.origin(*said.span()))
    return OTHER * len(said.group())


def _without_emails(page: Page) -> str:
    text = page.plain
    for _, (start, end) in page.in_order("email"):
        text = text[:start] + OTHER * (end - start) + text[end:]
    return text
