"""tus-js-client and the program that runs it, where they are installed; nothing of them is ours."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

SENDER = Path(__file__).with_name("tus_sender.mjs")


def missing() -> str:
    """Why it cannot run here; empty when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (_folder() / "node_modules" / "tus-js-client").is_dir():
        return "HALLWATCH_NODE names no folder in which npm installed tus-js-client"
    return ""


def send_with_tus_js(*words: str) -> dict[str, Any]:  # Any: what the program said
    """Run the sender to its end and answer what it said."""
    run = subprocess.run(
        ["node", str(SENDER), *words], capture_output=True, text=True, timeout=60, check=True
    )
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return said


def _folder() -> Path:
    return Path(os.environ.get("HALLWATCH_NODE", "."))
