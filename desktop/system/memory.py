"""How much memory this process has ever held at once."""

import ctypes
import sys
from pathlib import Path

_MB = 1024 * 1024
_STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """Answer the highest resident size so far in MiB; 0.0 where the system does not tell."""
    if sys.platform == "win32":
        return _peak_on_windows()
    if not _STATUS.exists():
        return 0.0
    line = next(row for row in _STATUS.read_text("ascii").splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("cb", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        ("peak_working_set", ctypes.c_size_t),
        ("others", ctypes.c_size_t * 7),
    )


def _peak_on_windows() -> float:
    counters = _Counters()
    counters.cb = ctypes.sizeof(counters)
    windows = getattr(ctypes, "windll")  # noqa: B009  # known to Windows alone
    process = windows.kernel32.GetCurrentProcess
    process.restype = ctypes.c_void_p
    asked = windows.kernel32.K32GetProcessMemoryInfo
    asked.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Counters), ctypes.c_uint32)
    if not asked(process(), ctypes.byref(counters), counters.cb):
        return 0.0
    return float(counters.peak_working_set) / _MB
