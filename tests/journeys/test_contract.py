"""The contract as tests outside the project hold it, where they stand beside the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.demo_process import ROOT, DemoProcess

CHECKS = [path for path in (ROOT.parent / "shared" / "checks" / "contract.py",) if path.is_file()]


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.name)
def test_the_contract_holds(check: Path, running_demo: DemoProcess) -> None:
    root = running_demo.data_folder.parent  # the check reads <root>/var/demo.json
    done = subprocess.run(
        [sys.executable, str(check), str(root)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
