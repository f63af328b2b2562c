"""`make test [ARGS=...]`: the whole suite in one pytest run, shared out between the cores."""

from __future__ import annotations

import os
import shutil
import sys

from setup.places import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    arguments = sys.argv[1:]
    if not any(shutil.which(name) for name in BROWSERS):
        print(
            "Chromium is missing: the tests in a browser will fail. On Debian: apt-get install chromium",
            file=sys.stderr,
        )
    if not {"-n", "-x", "--pdb"} & set(arguments):
        # More processes than two would only wait for each other: the demo under test has its own.
        arguments = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadfile", *arguments]
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


if __name__ == "__main__":
    main()
