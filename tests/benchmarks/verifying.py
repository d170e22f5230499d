"""Verifying a million audit rows, and finding each of many random forgeries among many rows.

    python -m tests.benchmarks.verifying [--rows N] [--forgeries N]

The floor is to read every line's JSON and to hash its text, which no verifier can spare.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.cli.proof import verify
from desktop.exchange.audit_file import audit_lines
from sync.protocol.identity import DeviceIdentity

FORGED = 2000  # rows of the chain that is forged: each forgery is a walk over all of it


def rows(count: int) -> Iterator[tuple[int, str, str]]:
    """Rows as the program keeps them, each naming the digest of the one before."""
    before = ""
    for n in range(1, count + 1):
        body = json.dumps(
            {
                "action": "card.sign",
                "actor_name": "林敏",
                "at": "2026-11-24T01:00:00+00:00",
                "changes": {f"card/{n}": "ab" * 32},
                "device_id": "device",
                "n": n,
                "prev_hash": before,
                "subject": f"card/{n}",
            },
            ensure_ascii=False,
        )
        before = hashlib.sha256(body.encode()).hexdigest()
        yield n, before, body


def spent(deed: Callable[[], object]) -> float:
    """Give the processor seconds of a deed."""
    began = time.process_time()
    deed()
    return time.process_time() - began


def floor(path: Path) -> None:
    """Read and hash every row, and look at nothing."""
    with path.open("rb") as lines:
        for line in lines:
            text = json.loads(line).get("body", "{}")
            json.loads(text)
            hashlib.sha256(text.encode()).hexdigest()


def verified(path: Path) -> None:
    """Verify a file that is sound."""
    with path.open("rb") as lines:
        verdict = verify(iter(lines))
    assert not verdict.faults


def forged(lines: list[bytes], chance: random.Random) -> list[bytes]:
    """Change, remove, move or repeat one row."""
    told, at = list(lines), chance.randrange(1, FORGED)
    match chance.choice(("change", "remove", "move", "repeat")):
        case "change":
            told[at] = told[at].replace("林敏".encode(), "某人".encode())
        case "remove":
            del told[at]
        case "move":
            far = [place for place in range(1, FORGED + 1) if abs(place - at) > 1]
            told.insert(chance.choice(far), told.pop(at))
        case _:
            told.insert(at + 1, told[at])
    return told


def main() -> None:
    """Print what both cost, and how many forgeries were found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--forgeries", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        with path.open("wb") as file:
            file.writelines(audit_lines(rows(options.rows), DeviceIdentity.new()))
        ours, least = spent(lambda: verified(path)), spent(lambda: floor(path))
    print(f"{options.rows} rows: CPU {ours:.1f} s, {ours / least:.2f} times the floor")
    lines, chance = list(audit_lines(rows(FORGED), DeviceIdentity.new())), random.Random(1)
    found = sum(bool(verify(iter(forged(lines, chance))).faults) for _ in range(options.forgeries))
    print(f"forgeries found: {found} of {options.forgeries}")


if __name__ == "__main__":
    main()
