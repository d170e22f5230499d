"""From a crop of a picture to the persons in it."""

import sys

# OpenVINO tells its maker of every import by a package of its own; without that package it works
# and stays silent. Nothing of an office may leave the machine.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None: not importable
