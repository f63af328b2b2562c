"""What the classifier is shown of the examples: the two wishes of one message, and copies with slips of some."""

import numpy as np
import scipy.sparse
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from components import misspelling
from components.kinds_of_wish import NOTHING
from components.marked_parts import set_marked_parts, wishes_of
from components.parts import HALVES, LANGUAGE, WISH
from components.side_by_side import side_by_side
from components.wish_model import WishModel
from components.wish_texts import Texts
from listening.language import identify_language

_TWO = """
nlu:
- intent: report_payment
  examples:
  - text: |
      j'ai payé hier, ne m'écrivez plus
    metadata: {also: stop_contact}
- intent: greet
  examples: |
    - bonjour
"""

_MARKED = """
nlu:
- intent: report_payment
  examples:
  - text: |
      j'ai payé hier, ne m'écrivez plus
    metadata: {also: stop_contact, second: "ne m'écrivez plus"}
- intent: pay_now
  examples:
  - text: |
      bonjour à vous, j'ai touché ma paie hier, je règle tout
    metadata: {empty: ["bonjour à vous", "j'ai touché ma paie hier"]}
- intent: thank
  examples: |
    - merci
"""


def test_an_example_may_be_of_two_wishes():
    read = RasaYAMLReader().reads(_TWO).intent_examples
    assert {example.get("text"): wishes_of(example) for example in read} == {
        "j'ai payé hier, ne m'écrivez plus": ("report_payment", "stop_contact"),
        "bonjour": ("greet",),
    }


def test_marked_parts_have_a_wish_of_their_own():
    read = RasaYAMLReader().reads(_MARKED).intent_examples
    for example in read:
        example.set(LANGUAGE, "fr")
        set_marked_parts(example)
    halves = [[(half.get("text"), half.get(WISH)) for half in example.get(HALVES, [])] for example in read]
    assert halves == [
        [("j'ai payé hier,", "report_payment"), ("ne m'écrivez plus", "stop_contact")],
        [("bonjour à vous", NOTHING), ("j'ai touché ma paie hier", NOTHING)],
        [],
    ]


def test_copies_with_slips_are_bounded_and_the_same_each_time(monkeypatch):
    monkeypatch.setattr(misspelling, "_MOST_COPIES", 3)
    texts = ["je voudrais payer en trois fois s'il vous plaît"] * 10
    copies = misspelling.with_slips(texts)
    assert len(copies) == 3
    assert copies == misspelling.with_slips(texts)
    assert any(copy != texts[at] for at, copy in copies.items())


def test_the_linear_reader_learns_from_examples_of_one_wish_and_from_their_copies():
    rows = scipy.sparse.csr_matrix(np.eye(4, dtype=np.float32)[[0, 1, 2, 3]])
    texts = Texts(["a", "b", "c", "d"], ["a", "b", "c", "d"], ["a", "b", "c", "d"], ["fr"] * 4, [False] * 4, rows)
    copies = Texts(["B"], ["B"], ["B"], ["fr"], [True], scipy.sparse.csr_matrix(np.eye(4, dtype=np.float32)[[3]]))
    model = WishModel({"tuning_visits": 0, "temperature": 1.0})
    model.fit(texts, [("greet",), ("thank",), ("wait",), ("greet", "thank")], copies, [1])
    # The fourth feature comes in an example of two wishes, which is left out, and in a copy of "thank".
    assert model.names[int(np.argmax(model.chances(copies)))] == "thank"


def test_examples_are_read_by_two_processes_as_by_one():
    messages = ["jveu payer", "quiero pagar", "no puedo", "c koi ce montant"]
    assert list(side_by_side(identify_language, messages, chunk=1)) == [identify_language(said) for said in messages]
