"""Messages as the classifier reads them."""

from dataclasses import dataclass

import scipy.sparse


@dataclass
class Texts:
    """The same messages read several ways, in the same order, each in its language.

    `sent` is what the debtor's phone sent, `mended` whether slips were undone in it.
    """

    sent: list[str]
    typed: list[str]
    spelled: list[str]
    languages: list[str]
    mended: list[bool]
    features: scipy.sparse.csr_matrix
