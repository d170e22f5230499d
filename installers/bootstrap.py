#!/usr/bin/env python3
"""Sets Hallwatch up on a bare machine, then runs it or its tests.

Needs Python 3.11 or newer and nothing else: `python3 installers/bootstrap.py run|test|setup`.
Everything lands in `.venv` beside the project; a second start finds it ready.
"""

from __future__ import annotations  # old interpreters get as far as the refusal

import argparse
import ctypes
import hashlib
import importlib.util
import locale
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
STAMP = VENV / "hallwatch-setup"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

# Shared libraries that Qt and OpenCV load, and the Debian package that brings each.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Better faces for papers; without them the font that pip brings is used.
FONTS = {
    "/usr/share/fonts/truetype/lxgw-wenkai": "fonts-lxgw-wenkai",
    "/usr/share/fonts/truetype/arphic/uming.ttc": "fonts-arphic-uming",
}

WORDS = {
    "python": (
        "需要 Python 3.11 或更新版本，当前为 {0}。请安装后重试。",
        "Python 3.11 or newer is needed, this is {0}. Install it and try again.",
    ),
    "apt": (
        "缺少系统软件包。请执行下面这一条命令，然后重新运行：\n  sudo apt-get install -y {0}",
        "Debian packages are missing. Run this one command, then start again:\n"
        "  sudo apt-get install -y {0}",
    ),
    "other": (
        "缺少系统组件：{0}。请用本系统的软件管理器安装后重试。",
        "These system parts are missing: {0}. Install them with your package manager and retry.",
    ),
    "installing": ("安装系统软件包：{0}", "Installing Debian packages: {0}"),
    "apt_failed": (
        "系统软件包安装失败。请检查网络和软件源，或手工执行：apt-get install -y {0}\n{1}",
        "Installing Debian packages failed. Check the network and the package sources, or run"
        " yourself: apt-get install -y {0}\n{1}",
    ),
    "venv": ("建立虚拟环境 .venv", "Creating the virtual environment .venv"),
    "venv_failed": (
        "无法建立 .venv：{0}\n请检查项目文件夹可写、磁盘有 2 GB 空间，然后重试。",
        "Could not create .venv: {0}\nCheck that the project folder is writable and that 2 GB are"
        " free, then try again.",
    ),
    "lock": (
        "按锁定清单安装依赖（约 400 MB，仅第一次）",
        "Installing the locked dependencies (about 400 MB, the first time only)",
    ),
    "lock_failed": (
        "依赖安装失败。\n{0}\n请检查网络或代理（HTTPS_PROXY、PIP_INDEX_URL）和磁盘空间，"
        "再运行同一条命令；已下载的部分不会重来。",
        "Installing the dependencies failed.\n{0}\nCheck the network or proxy (HTTPS_PROXY,"
        " PIP_INDEX_URL) and the disk, then run the same command again; what was fetched is kept.",
    ),
    "lock_missing": (
        "找不到 requirements.txt，请重新获取项目。",
        "requirements.txt is missing: get the project again.",
    ),
    "ready": ("环境已就绪", "Set up"),
    "headless": (
        "没有显示器：不开窗口，完成同样的主要工作",
        "No display: doing the same main job without a window",
    ),
}


class Refusal(Exception):
    """Set-up cannot go on; its text tells the user what to do."""

    def __init__(self, word: str, *fields: object) -> None:
        super().__init__(say(word, *fields))


def main(arguments: list[str] | None = None) -> int:
    """Set up, then do what was asked; the exit code is that of the program or of the tests."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__)
    parser.add_argument("task", choices=("run", "test", "setup"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the program")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)
    try:
        set_up(with_window=asked.task == "run" and has_display())
        if asked.task == "setup":
            return 0
        return run(asked.rest) if asked.task == "run" else test(asked.rest)
    except Refusal as refusal:
        print(f"\n✗ {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(*, with_window: bool) -> None:
    """Bring system libraries, virtual environment and locked dependencies; quick when done."""
    if sys.version_info < (3, 11):
        raise Refusal("python", sys.version.split()[0])
    bring_system_parts(with_window=with_window)
    if not LOCK.exists():
        raise Refusal("lock_missing")
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    make_environment()
    install_lock()
    STAMP.write_text(wanted, "utf-8")
    step("ready")


def fingerprint() -> str:
    """What the environment was made from: lock, project file, interpreter and place."""
    digest = hashlib.sha256()
    for part in (LOCK, ROOT / "pyproject.toml"):
        digest.update(part.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def bring_system_parts(*, with_window: bool) -> None:
    """Install missing Debian packages as root; otherwise name the one command that does."""
    if not sys.platform.startswith("linux"):
        return
    libraries = OFFSCREEN | (WINDOW if with_window else {})
    needed = [package for name, package in libraries.items() if not loads(name)]
    if importlib.util.find_spec("ensurepip") is None:
        needed.append("python3-venv")
    wished = [package for path, package in FONTS.items() if not Path(path).exists()]
    apt = shutil.which("apt-get")
    if apt and os.access("/var/lib/dpkg", os.W_OK) and (needed or wished):
        install_packages(apt, needed, wished)
    elif needed:
        raise Refusal("apt" if apt else "other", " ".join([*needed, *wished]))


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(apt: str, needed: list[str], wished: list[str]) -> None:
    """Run apt-get without a question; fonts are a wish, libraries a need."""
    step("installing", " ".join([*needed, *wished]))
    install = [apt, "install", "-y", "--no-install-recommends"]
    quietly([apt, "update"])
    failure = quietly([*install, *needed, *wished])
    if failure and needed:
        failure = quietly([*install, *needed])
        if failure:
            raise Refusal("apt_failed", " ".join(needed), failure)


def quietly(command: list[str]) -> str:
    """Run a command without a question; give the end of its words if it failed, else nothing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr)[-1500:] if done.returncode else ""


def make_environment() -> None:
    """Create `.venv` anew."""
    step("venv")
    failure = quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if failure:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Refusal("venv_failed", failure.strip())


def install_lock() -> None:
    """Install what the lock names, hash by hash, then the project itself in place."""
    step("lock")
    total = sum("==" in line for line in LOCK.read_text("utf-8").splitlines())
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    follow([*pip, "--progress-bar", "off", "--require-hashes", "-r", str(LOCK)], total)
    follow([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)], 1)


def follow(command: list[str], total: int) -> None:
    """Run pip and show which package of how many it is at."""
    seen = 0
    said: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as child:
        for line in child.stdout or ():
            said = [*said[-20:], line.rstrip()]
            if line.startswith("Collecting "):
                seen += 1
                print(f"   {seen}/{total} {line.split()[1]}")
            elif line.startswith("Installing collected"):
                print("   …")
    if child.returncode:
        raise Refusal("lock_failed", "\n".join(said))


def has_display() -> bool:
    """Tell whether a window can be shown: always on Windows and macOS, by X or Wayland else."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(rest: list[str]) -> int:
    """Open the program on its demonstration hall, or do its main job without a window."""
    if rest or has_display():
        return call("-m", "desktop", *(rest or ["open", "--demo"]))
    step("headless")
    return call("-m", "desktop", "demo", "--out", tempfile.mkdtemp(prefix="hallwatch-demo-"))


def test(rest: list[str]) -> int:
    """Run all tests offscreen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return call("-m", "pytest", *(rest or ["-n", "auto"]))


def call(*arguments: str) -> int:
    """Run the environment's Python in the project and give its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=environment)
    except KeyboardInterrupt:
        return 130


def step(word: str, *fields: object) -> None:
    """Tell the user what happens now."""
    print(f"• {say(word, *fields)}")


def say(word: str, *fields: object) -> str:
    """Give a sentence in Chinese where the machine speaks Chinese, else in English."""
    spoken = os.environ.get("LANG") or locale.getlocale()[0] or ""
    chinese = spoken.lower().startswith(("zh", "chinese"))
    return WORDS[word][0 if chinese else 1].format(*fields)


if __name__ == "__main__":
    raise SystemExit(main())
