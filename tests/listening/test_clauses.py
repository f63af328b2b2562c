"""Where a message is cut for a second wish: at joints, at sentence ends, and before words that begin a sentence."""

import sys
from pathlib import Path

import pytest
import yaml

BOT = Path(__file__).resolve().parents[2] / "bot"
sys.path.insert(0, str(BOT))

from listening.clauses import cuts  # noqa: E402  (the Rasa project is not on the path of the service)


@pytest.mark.parametrize(
    ("text", "language", "cut"),
    [
        ("je paie vendredi et envoyez la facture", "fr", ("je paie vendredi", "envoyez la facture")),
        ("ya pagué. no me escriban más", "es", ("ya pagué.", "no me escriban más")),
        ("maman est morte arrêtez de lui écrire", "fr", ("maman est morte", "arrêtez de lui écrire")),
        ("no me fio de esto ponme con una persona", "es", ("no me fio de esto", "ponme con una persona")),
        ("c'est prescrit j'arrête là", "fr", ("c'est prescrit", "j'arrête là")),
        ("prescrit, donc vous n'aurez rien", "fr", ("prescrit", "vous n'aurez rien")),
    ],
)
def test_a_message_is_cut_where_a_second_wish_may_begin(text, language, cut):
    assert cut in cuts(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("combien je dois", "fr"), ("no puedo pagar", "es"), ("oui, ok", "fr"), ("", "es")]
)
def test_what_is_too_short_for_two_wishes_is_left_whole(text, language):
    assert cuts(text, language) == []


def test_the_most_even_cuts_are_kept_and_never_more_than_four():
    text = "bonjour, je suis infirmière, je rentre tard, j'ai lu votre message, je ne comprends pas, dites-moi, merci"
    found = cuts(text, "fr")
    assert len(found) == 4
    assert found[0] == (
        "bonjour, je suis infirmière, je rentre tard",
        "j'ai lu votre message, je ne comprends pas, dites-moi, merci",
    )


def test_every_listed_word_is_a_word():
    listed = yaml.safe_load((BOT / "listening" / "joints.yml").read_text(encoding="utf-8"))
    # Unquoted, YAML takes "no" and "on" for truth values.
    assert all(isinstance(word, str) for kinds in listed.values() for words in kinds.values() for word in words)


def test_a_language_without_lists_is_cut_at_its_sentence_ends():
    assert cuts("I paid it. Stop writing to me", "en") == [("I paid it.", "Stop writing to me")]
