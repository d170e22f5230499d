"""How much memory the process has needed at most, without a package for it."""

import ctypes
import sys
from pathlib import Path

MB = 1024.0 * 1024.0


def peak_mb() -> float:
    """Megabytes (MiB) at the highest; 0 where the system does not tell.

    Linux tells it in /proc, Windows through psapi.
    """
    if sys.platform == "win32":
        return _windows_peak() / MB
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    peaks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peaks[0]) / 1024.0 if peaks else 0.0


if sys.platform == "win32":

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = (
            ("cb", ctypes.c_uint32),
            ("page_faults", ctypes.c_uint32),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quota_peak_paged", ctypes.c_size_t),
            ("quota_paged", ctypes.c_size_t),
            ("quota_peak_non_paged", ctypes.c_size_t),
            ("quota_non_paged", ctypes.c_size_t),
            ("page_file", ctypes.c_size_t),
            ("peak_page_file", ctypes.c_size_t),
        )

    def _windows_peak() -> float:
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        this = ctypes.c_void_p(kernel.GetCurrentProcess())
        told = kernel.K32GetProcessMemoryInfo(this, ctypes.byref(counters), counters.cb)
        return float(counters.peak_working_set) if told else 0.0
