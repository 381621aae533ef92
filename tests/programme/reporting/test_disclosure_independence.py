"""The audit is a second pair of eyes only while it shares nothing with what it audits."""

import subprocess
import sys

ATTACKER = "programme.reporting.disclosure.audit"
DEFENDERS = ["primary", "protect", "tables", "parts", "hide", "links"]


def test_the_audit_knows_nothing_of_how_counts_are_hidden() -> None:
    asked = f"import sys, {ATTACKER}; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()

    assert [name for name in DEFENDERS if f"programme.reporting.disclosure.{name}" in loaded] == []
    assert "scipy" not in loaded  # half a second that only a release should cost
