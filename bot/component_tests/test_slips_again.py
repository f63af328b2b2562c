"""What became of words whose slips were undone happens to the same words elsewhere, as often."""

import random
from collections import Counter

from components.slips_again import SlipsAgain

COPIES = [("je paie demain", "je paie demain")] * 6 + [
    ("je paie demain", "je pais demain"),
    ("je paie demain", "je demain"),
    ("je paie demain", "je pa ie demain"),
    ("je paie demain", "hop je paie demain"),
]


def test_a_word_is_read_as_it_was_read():
    again = SlipsAgain(COPIES)
    chance = random.Random(0)
    read = Counter(again.copy("paie", chance) for _ in range(1000))
    # "paie" itself comes back where the word was lost: no copy is empty.
    assert set(read) == {"paie", "pais", "pa ie"}
    assert 50 < read["pais"] < 150
    assert 50 < read["pa ie"] < 150


def test_a_word_seldom_met_slips_as_often_as_words_of_its_length():
    again = SlipsAgain(COPIES)
    chance = random.Random(0)
    same = sum(again.copy("soir", chance) == "soir" for _ in range(1000))
    assert 620 < same < 780
    assert again.copy("virement", chance) == "virement"  # no word of its length was seen to slip


def test_what_stands_between_words_stays():
    assert SlipsAgain([]).copy("l'avis, non ? 12,50 €", random.Random(0)) == "l'avis, non ? 12,50 €"
