"""`python wordlists/general_use.py FOLDER`: the commonest words of each language, from wordfreq, which is needed for this alone.

Run it in an environment with `wordfreq` (3.1.1 wrote the lists in listening/words/general); its data are CC BY-SA 4.0.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

# Half the words of a third language would do; French and Spanish also serve to undo slips.
_MOST = {"fr": 25_000, "es": 25_000, "en": 8_000, "ca": 6_000, "pt": 6_000, "it": 6_000, "de": 6_000, "nl": 5_000, "ro": 5_000}  # fmt: skip
_TITLE = (
    "# Words by how common they are (Zipf scale: 3 is once in a million). From wordfreq by Robyn Speer, CC BY-SA 4.0."
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zà-ÿœ]")


def main(folder: Path) -> None:
    """One file a language, a line for each tenth of the scale."""
    from wordfreq import freq_to_zipf, get_frequency_dict

    for language, most in _MOST.items():
        shares = get_frequency_dict(language, "best")
        whole = [word for word in shares if _WORD.fullmatch(word) and _LATIN.search(word)]
        by_value: dict[float, list[str]] = defaultdict(list)
        for word in sorted(whole, key=lambda word: (-shares[word], word))[:most]:
            by_value[round(freq_to_zipf(shares[word]), 1)].append(word)
        lines = [" ".join([str(value), *words]) for value, words in sorted(by_value.items(), reverse=True)]
        (folder / f"{language}.txt").write_text("\n".join([_TITLE, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
