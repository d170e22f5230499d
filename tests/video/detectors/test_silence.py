"""Detecting tells nobody: OpenVINO's telemetry is never loaded, and nothing is sent."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import sys, threading
reached = []
sys.addaudithook(lambda event, args: reached.append(event) if event.startswith("socket.") else None)
import numpy
from video.detectors.mobilenet import MobileNetSsd
MobileNetSsd.installed(requests=1).detect([numpy.zeros((60, 60, 3), numpy.uint8)])
named = [name for name, module in sys.modules.items() if name == "openvino_telemetry" and module]
print(reached, threading.active_count(), named)
"""


def test_a_detector_opens_no_socket_starts_no_thread_and_loads_no_telemetry() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[] 1 []"
