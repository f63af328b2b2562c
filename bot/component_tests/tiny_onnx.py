"""An ONNX encoder small enough to write by hand: each token's vector is looked up in a table."""

import json
from pathlib import Path

import numpy as np

WORDS = ["[PAD]", "[UNK]", "payer", "pagar", "bonjour", "hola"]
# "payer" and "pagar" mean one thing, and so do "bonjour" and "hola".
TABLE = np.array([[0, 0], [0.1, 0.1], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
_FLOAT, _INT64 = 1, 7


def write_tiny_encoder(folder: Path) -> Path:
    """The two files an encoder folder holds."""
    (folder / "model.onnx").write_bytes(_model())
    words = {word: at for at, word in enumerate(WORDS)}
    tokeniser = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": words, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokeniser))
    return folder


def _model() -> bytes:
    """ModelProto: version of the format, operators, and a graph of one Gather."""
    return _number(1, 8) + _part(8, _part(1, b"") + _number(2, 13)) + _part(7, _graph())


def _graph() -> bytes:
    gather = _part(1, b"table") + _part(1, b"input_ids") + _part(2, b"tokens") + _part(4, b"Gather")
    table = _number(1, TABLE.shape[0]) + _number(1, TABLE.shape[1]) + _number(2, _FLOAT)
    table += _part(8, b"table") + _part(9, TABLE.tobytes())
    return (
        _part(1, gather)
        + _part(2, b"tiny")
        + _part(5, table)
        + _part(11, _value(b"input_ids", _INT64, 2))
        + _part(12, _value(b"tokens", _FLOAT, 3))
    )


def _value(name: bytes, kind: int, dimensions: int) -> bytes:
    shape = b"".join(_part(1, _part(2, b"d%d" % at)) for at in range(dimensions))
    return _part(1, name) + _part(2, _part(1, _number(1, kind) + _part(2, shape)))


def _number(field: int, value: int) -> bytes:
    return bytes([field << 3, value])


def _part(field: int, content: bytes) -> bytes:
    assert len(content) < 1 << 14
    length = bytes([len(content)]) if len(content) < 128 else bytes([len(content) & 127 | 128, len(content) >> 7])
    return bytes([field << 3 | 2]) + length + content
