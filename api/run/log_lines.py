"""The processes' output, a line at a time, each behind its name; in colour on a terminal.

Python's warnings are left out: Rasa's libraries print dozens at every start, past `PYTHONWARNINGS`, about code that is not ours.
"""

from __future__ import annotations

import re
import sys
from typing import TextIO

COLOURS = (36, 33, 35, 32, 34, 31)
WIDTH = 9
LONGEST_WARNING = 3  # lines
_WARNING = re.compile(r"^\S+\.py:\d+: \w*Warning: ")


class LogLines:
    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._in_colour = out.isatty()
        self._of_warning: dict[str, int] = {}  # how many lines may still belong to one
        self._parts: dict[str, bytes] = {}  # what came without its line's end yet

    def add(self, name: str, got: bytes) -> None:
        *lines, rest = (self._parts.get(name, b"") + got).split(b"\n")
        self._parts[name] = rest
        for line in (line.decode(errors="replace") for line in lines):
            if not self._belongs_to_warning(name, line):
                self.say(name, line)

    def finish(self, name: str) -> None:
        """The process has ended: its last line may lack its end."""
        rest = self._parts.pop(name, b"")
        if rest:
            self.say(name, rest.decode(errors="replace"))

    def say(self, name: str, line: str) -> None:
        if line.strip():
            self._out.write(f"{self._prefix(name)} {line.rstrip()}\n")
            self._out.flush()

    def _belongs_to_warning(self, name: str, line: str) -> bool:
        """A warning's own text may have several lines; the line of code it is about, indented, ends it."""
        if _WARNING.match(line):
            self._of_warning[name] = LONGEST_WARNING
            return True
        left = self._of_warning.get(name, 0)
        self._of_warning[name] = 0 if line.startswith("  ") else max(left - 1, 0)
        return left > 0 and (line.startswith("  ") or left > 1)

    def _prefix(self, name: str) -> str:
        padded = f"{name:<{WIDTH}}│"
        if not self._in_colour:
            return padded
        return f"\033[{COLOURS[sum(name.encode()) % len(COLOURS)]}m{padded}\033[0m"
