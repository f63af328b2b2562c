"""A component whose files changed is trained again."""

from pathlib import Path

import pytest

from components import made_of
from components.ngram_featurizer import NgramFeaturizer
from components.text_normaliser import TextNormaliser
from components.wish_classifier import WishClassifier


@pytest.mark.parametrize("component", [NgramFeaturizer, TextNormaliser, WishClassifier])
def test_every_file_a_component_names_is_there(component):
    assert component.fingerprint_addon({})


def test_a_changed_file_changes_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(made_of, "_BOT", tmp_path)
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "fr.txt").write_text("payer")
    before = made_of.hash_of("words")
    assert made_of.hash_of("words") == before
    (tmp_path / "words" / "fr.txt").write_text("régler")
    assert made_of.hash_of("words") != before
    with pytest.raises(FileNotFoundError, match="elsewhere"):
        made_of.hash_of("elsewhere")
