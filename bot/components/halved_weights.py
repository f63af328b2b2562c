"""Weights of a linear reader kept at half precision: they are most of a model, and a message needs few of their rows."""

import numpy as np
import scipy.sparse
from sklearn.svm import LinearSVC

Halved = tuple[np.ndarray, np.ndarray]


def fit(rows: scipy.sparse.csr_matrix, numbers: np.ndarray, names: int, tolerance: float) -> Halved:
    """Weights (a column a name) and biases of a machine that tells each number from the rest.

    A name without an example of its own (a clause that asks for nothing) gets minus infinity: it is never what is said.
    """
    model = LinearSVC(C=0.3, tol=tolerance).fit(rows, numbers)
    # One against the rest gives a single row when there are two names only.
    signs = np.array([[1]] if len(model.classes_) > 2 else [[-1], [1]])
    weights, bias = np.zeros((rows.shape[1], names), np.float16), np.full(names, -np.inf, np.float32)
    weights[:, model.classes_], bias[model.classes_] = (signs * model.coef_).T, signs[:, 0] * model.intercept_
    return weights, bias


def score(rows: scipy.sparse.csr_matrix, weights: np.ndarray) -> np.ndarray:
    """`rows @ weights` in single precision: only the weights of what stands in a row are made numbers to reckon with."""
    places = zip(rows.indptr, rows.indptr[1:], strict=False)
    return np.vstack([rows.data[a:b] @ weights[rows.indices[a:b]].astype(np.float32) for a, b in places])
