"""A sentence encoder in ONNX from a local folder: `model.onnx` and `tokenizer.json`, as most are published.

The token vectors are averaged over the message and brought to length one. Nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from components.encoders import EncoderMissing

_LONGEST = 128


class OnnxEncoder:
    """Reads with the tokeniser of the folder, runs its model on the processor."""

    def __init__(self, folder: str) -> None:
        """Raises EncoderMissing when a file, or the library that reads it, is not there."""
        model, tokeniser = Path(folder) / "model.onnx", Path(folder) / "tokenizer.json"
        for needed in (model, tokeniser):
            if not needed.exists():
                raise EncoderMissing(f"The encoder folder '{folder}' has no {needed.name}.")
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as missing:
            raise EncoderMissing("An encoder in ONNX needs the packages onnxruntime and tokenizers.") from missing
        self._cut = Tokenizer.from_file(str(tokeniser))
        self._cut.enable_truncation(_LONGEST)
        self._cut.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._model = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = {given.name for given in self._model.get_inputs()}
        self.size = self.encode(["a"]).shape[1]

    def encode(self, texts: list[str]) -> np.ndarray:
        """Rows of length one, `size` numbers each."""
        cut = self._cut.encode_batch(texts)
        mask = np.array([piece.attention_mask for piece in cut], dtype=np.int64)
        offered = {
            "input_ids": np.array([piece.ids for piece in cut], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        tokens = self._model.run(None, {name: offered[name] for name in self._inputs})[0]
        means = (tokens * mask[..., None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        return (means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)).astype(np.float32)
