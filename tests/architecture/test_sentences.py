"""No French or Spanish sentence in Python: words for people live in catalogues, where a person who reads no Python can mend them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import python_files, shown, tree_of

FOLDERS = ("actions", "api", "bot", "channels", "recovery")
# Frequent little words; those that English shares are left out.
LITTLE_WORDS = frozenset(
    (
        "je tu il elle nous vous ils elles le la les un une des du de et est sont avec pour dans sur votre vos notre nos "
        "mon ma mes ce cette qui que quoi pas ne au aux par plus avez êtes merci bonjour usted su sus el los las una unos "
        "del y es son con para por en qué no se lo mi mis este esta gracias hola puede tiene hay está si más como cuando"
    ).split()
)
LEAST_WORDS = 4
LITTLE_SHARE = 0.34
PATTERN = re.compile(r"\(\?|\||\\[bdsw]")  # a regular expression, which reads words and says none
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def test_no_sentence_for_a_debtor_is_written_in_python() -> None:
    found = [
        f"{shown(file)}:{line}: {text[:80]}"
        for folder in FOLDERS
        for file in python_files(folder)
        for line, text in _sentences(file)
    ]
    assert not found, "\n".join(found)


def test_the_eye_for_sentences_sees_them() -> None:
    assert _reads_like_a_sentence("Quel est le montant de votre dette ?")
    assert _reads_like_a_sentence("No puedo decirle nada de esta deuda")
    assert not _reads_like_a_sentence("Too many wrong passwords; wait a few minutes.")
    assert not _reads_like_a_sentence("select id from debt where state = 'open' and due_on <= :day")


def _sentences(file: Path) -> Iterator[tuple[int, str]]:
    written_for_programmers = set(_docstrings(tree_of(file)))
    for node in ast.walk(tree_of(file)):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in written_for_programmers:
            continue
        if _reads_like_a_sentence(node.value):
            yield node.lineno, node.value


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)


def _reads_like_a_sentence(text: str) -> bool:
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) < LEAST_WORDS or PATTERN.search(text):
        return False
    return sum(word in LITTLE_WORDS for word in words) / len(words) >= LITTLE_SHARE
