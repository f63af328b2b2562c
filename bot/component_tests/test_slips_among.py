"""Which rare words of the messages are left out of the lists: slips of common ones, and two common ones run together."""

from wordlists.slips_among import slips_among

OFTEN = [["no", "puedo", "pagar"]] * 12


def test_a_rare_word_one_cheap_slip_from_a_common_one_is_a_slip():
    assert slips_among([*OFTEN, ["pgaar", "brouette"]], {}) == {"pgaar"}


def test_two_words_said_together_so_often_are_no_word_without_their_space():
    assert slips_among([*OFTEN, ["nopuedo"]], {}) == {"nopuedo"}
    assert slips_among([*OFTEN * 3, *[["nopuedo"]] * 2], {}) == {"nopuedo"}
    assert slips_among([*OFTEN * 3, *[["nopuedo"]] * 4], {}) == set()


def test_a_word_in_general_use_or_said_twice_is_a_word():
    assert slips_among([*OFTEN, ["pagan"]], {"pagan": 1e-6}) == set()
    assert slips_among([*OFTEN, ["pgaar"], ["pgaar"]], {}) == set()


def test_a_slip_that_several_made_of_a_word_said_a_hundred_times_as_often_is_one():
    assert slips_among([*OFTEN * 10, *[["pgaar"]] * 2], {}) == {"pgaar"}
    assert slips_among([*OFTEN * 10, *[["pgaar"]] * 3], {}) == set()
