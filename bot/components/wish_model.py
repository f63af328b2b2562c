"""The classifier by itself, without Rasa: arrays in, chances out."""

from __future__ import annotations

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression


class WishModel:
    """One linear model over dense and sparse features together."""

    names: list[str]

    def fit(self, dense: np.ndarray, sparse: scipy.sparse.csr_matrix, labels: list[str]) -> None:
        """Learn from the examples."""
        model = LogisticRegression(C=10, max_iter=60, tol=1e-3)
        model.fit(_beside(dense, sparse), labels)
        self.names = list(model.classes_)
        self._weights = model.coef_.T.astype(np.float32)
        self._bias = model.intercept_.astype(np.float32)

    def chances(self, dense: np.ndarray, sparse: scipy.sparse.csr_matrix) -> np.ndarray:
        """One row a text, one column a name, rows summing to one."""
        logits = _beside(dense, sparse) @ self._weights + self._bias
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)


def _beside(dense: np.ndarray, sparse: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    return scipy.sparse.hstack([scipy.sparse.csr_matrix(dense * 2), sparse], format="csr")
