"""The seam of the encoders: the one of the lock, one in ONNX from a folder, and none at all."""

import numpy as np
import pytest
from tiny_onnx import write_tiny_encoder

from components.encoders import EncoderMissing, load_encoder


def test_the_encoder_of_the_lock_brings_the_two_languages_together():
    rows = load_encoder("use").encode(["je veux payer", "quiero pagar", "il pleut"])
    assert rows.shape == (3, 512)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_an_encoder_in_onnx_is_read_from_a_folder(tmp_path):
    encoder = load_encoder(str(write_tiny_encoder(tmp_path)))
    rows = encoder.encode(["payer", "pagar", "bonjour hola payer"])
    assert encoder.size == 2
    assert np.allclose(rows[0], rows[1])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


def test_an_encoder_that_is_not_there_is_a_sentence_and_no_fall_back(tmp_path):
    with pytest.raises(EncoderMissing, match="neither 'use' nor a folder"):
        load_encoder("no-such-encoder")
    with pytest.raises(EncoderMissing, match=r"has no model\.onnx"):
        load_encoder(str(tmp_path))
