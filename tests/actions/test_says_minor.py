"""A child is heard, an age of something else is not."""

import pytest

from actions.says_minor import says_minor


@pytest.mark.parametrize(
    "text",
    [
        "je suis mineur", "j'ai 15 ans", "le contrat est au nom de mon fils de 12 ans", "jai que 17 ans moi", "ma fille est mineure",
        "soy menor de edad", "tengo 16 años", "está a nombre de mi hija, que es menor", "es menor, tiene 14 años",
    ],
)  # fmt: skip
def test_a_child_is_heard(text):
    assert says_minor(text)


@pytest.mark.parametrize(
    "text",
    [
        "il y a 15 ans que je paie", "tengo dos hijos menores", "j'ai 47 ans", "tengo 61 años", "es una cantidad menor",
        "j'ai un contrat de 5 ans", "hace 10 años", "c'est un souci mineur que j'ai eu", "j'ai deux enfants mineurs à charge",
    ],
)  # fmt: skip
def test_other_ages_are_not(text):
    assert not says_minor(text)
