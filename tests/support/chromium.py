"""A headless Chromium, driven over its own pipe: enough to fill a form and read a page."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str:
    """Why there is none here; empty when there is."""
    if os.name == "nt":
        return "its pipe is driven on POSIX only"
    return "" if _program() else "Chromium is not installed"


class Page:
    """One page; `run` waits for the promise that an expression gives."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = os.fdopen(into, "wb"), os.fdopen(out, "rb")
        self._numbers = count(1)
        self._session: dict[str, str] = {}
        self.violations: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        self.ask("Log.enable")
        self.ask("Page.enable")

    def ask(self, method: str, **words: Any) -> dict[str, Any]:  # Any: the browser's own words
        """Send one command and answer its result; what the browser complains of is kept."""
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": words} | self._session
        self._into.write(json.dumps(said).encode() + b"\0")
        self._into.flush()
        while (heard := self._next()).get("id") != number:
            if heard.get("method") == "Log.entryAdded":
                self.violations.append(heard["params"]["entry"]["text"])
        assert "error" not in heard, heard
        result: dict[str, Any] = heard["result"]
        return result

    def open(self, url: str) -> None:
        """Go to an address and wait until the page has loaded."""
        self.ask("Page.navigate", url=url)
        self.run("new Promise(r => document.readyState === 'complete' ? r() : onload = r)")

    def run(self, expression: str) -> Any:
        """Evaluate JavaScript in the page."""
        words = {"awaitPromise": True, "returnByValue": True, "timeout": 20000}
        answer = self.ask("Runtime.evaluate", expression=expression, **words)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def close(self) -> None:
        self._into.close()
        self._out.close()

    def _next(self) -> dict[str, Any]:
        said = bytearray()
        while (byte := self._out.read(1)) != b"\0":
            assert byte, "the browser ended"
            said += byte
        heard: dict[str, Any] = json.loads(said)
        return heard


@contextmanager
def chromium_page() -> Iterator[Page]:
    """Start a browser with a profile of its own that lasts as long as the block."""
    (theirs_in, into), (out, theirs_out) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [_program(), "--headless=new", "--remote-debugging-pipe", "--no-first-run"]
        words += ["--disable-gpu", "--no-sandbox", f"--user-data-dir={profile}"]
        browser = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash", *words],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            with closing(Page(into, out)) as page:
                yield page
        finally:
            browser.terminate()
            browser.wait(20)


def _program() -> str:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")
