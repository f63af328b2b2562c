"""`make lock`: resolves the service's and Rasa's requirements anew, with hashes, for every platform; what need not change stays."""

from __future__ import annotations

from setup.find_python import rasa_python
from setup.find_uv import find_uv
from setup.places import BOT, ROOT
from setup.progress import run

SAME = ("--quiet", "--universal", "--generate-hashes", "--no-header")


def main() -> None:
    uv = find_uv()
    run(
        [uv, "pip", "compile", "pyproject.toml", "--group", "dev", *SAME, "-p", "3.11", "-o", "requirements.lock"],
        cwd=ROOT,
    )
    # A subset, at the same versions: images carry neither browsers' drivers nor linters.
    subset = ["--no-annotate", "-c", "requirements.lock", "-o", "requirements.service.lock"]
    run([uv, "pip", "compile", "pyproject.toml", *SAME, "-p", "3.11", *subset], cwd=ROOT)
    run([uv, "pip", "compile", "pyproject.toml", *SAME, "-p", rasa_python(uv), "-o", "requirements.lock"], cwd=BOT)


if __name__ == "__main__":
    main()
