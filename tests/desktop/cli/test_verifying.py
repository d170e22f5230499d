"""An exported audit chain: sound as written, and every forgery of it is named."""

import ast
import hashlib
import json
import random
from pathlib import Path

import pytest

from desktop.cli import auditing, main, proof
from desktop.cli.proof import Trouble, verify
from desktop.domain.errors import MissingField, NotAllowed
from desktop.domain.roles import Role
from desktop.storage.errors import StorageError
from desktop.usecases.organisation import set_up_hall
from sync.protocol.identity import DeviceIdentity
from tests.support.profiles import SetClock, hall_plan, open_store, person

FORGERIES = 500
ROWS = 20
DEVICE = DeviceIdentity.new()
Lines = list[bytes]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """A chain that the program itself wrote, line by line."""
    folder = tmp_path_factory.mktemp("chain")
    out = folder / "audit.jsonl"
    with open_store(folder, SetClock()) as store:
        for _ in range(ROWS - 1):
            with store.act(person(Role.DATA_MGR, "林敏")) as work:
                set_up_hall(work, hall_plan())
        auditor = person(Role.SEC_AUDITOR)
        assert auditing.write_chain(store, DEVICE, auditor, out, reason="年度审计") == ROWS
    return out.read_bytes().splitlines(keepends=True)


def faults_of(lines: Lines, **known: str) -> set[tuple[Trouble, int]]:
    verdict = verify(iter(lines), **known)
    return {(fault.trouble, fault.n) for fault in verdict.faults}


def edited(line: bytes, *, hashed_anew: bool) -> bytes:
    row = json.loads(line)
    row["body"] = row["body"].replace("林敏", "某人")
    if hashed_anew:
        row["hash"] = hashlib.sha256(row["body"].encode()).hexdigest()
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def test_the_chain_is_sound_as_it_was_written(chain: Lines) -> None:
    head = json.loads(chain[-1])["head"]["hash"]
    assert faults_of(chain, key=DEVICE.public_key(), head=head) == set()
    assert json.loads(json.loads(chain[ROWS])["body"])["action"] == "audit.export"


def test_each_of_many_random_forgeries_is_named(chain: Lines) -> None:
    chance = random.Random(20261125)
    for _ in range(FORGERIES):
        lines, at = list(chain), chance.randrange(1, ROWS)  # line n holds row n; the last stays
        match chance.choice(("edit", "edit and hash", "remove", "move", "repeat")):
            case "edit":
                lines[at] = edited(lines[at], hashed_anew=False)
                named = (Trouble.CHANGED, at)
            case "edit and hash":
                lines[at] = edited(lines[at], hashed_anew=True)
                named = (Trouble.CHANGED, at)
            case "remove":
                del lines[at]
                named = (Trouble.MISSING, at)
            case "move":
                far = [place for place in range(1, ROWS + 1) if abs(place - at) > 1]
                lines.insert(chance.choice(far), lines.pop(at))
                named = (Trouble.MOVED, at)
            case _:
                lines.insert(chance.randrange(at + 1, ROWS + 1), lines[at])
                named = (Trouble.REPEATED, at)
        assert faults_of(lines) == {named}


def test_a_tail_cut_off_with_a_new_head_breaks_the_signature(chain: Lines) -> None:
    frame = json.loads(chain[-1])
    last = json.loads(chain[-3])
    frame["head"] = {"n": last["n"], "hash": last["hash"]}
    forged = [*chain[:-2], json.dumps(frame).encode()]
    assert faults_of(forged) == {(Trouble.UNSIGNED, ROWS - 1)}


def test_a_file_without_its_end_is_refused(chain: Lines) -> None:
    assert (Trouble.UNSIGNED, 0) in faults_of(chain[:-1])


def test_a_chain_still_goes_through_the_head_of_an_earlier_verdict(chain: Lines) -> None:
    earlier = json.loads(chain[ROWS // 2])["hash"]
    assert faults_of(chain, head=earlier) == set()


def test_another_device_or_a_chain_written_anew_is_told(chain: Lines) -> None:
    stranger = DeviceIdentity.new().public_key()
    told = faults_of(chain, key=stranger, head="0" * 64)
    assert told == {(Trouble.OTHER_KEY, ROWS), (Trouble.LOST_HEAD, ROWS)}


def test_a_line_that_is_no_json_is_named_by_its_place(chain: Lines) -> None:
    found = faults_of([*chain[:3], b"\xff{\n", *chain[3:]])
    assert found == {(Trouble.UNREADABLE, 4)}


def test_the_verifier_shares_no_code_with_the_writer() -> None:
    tree = ast.parse(Path(proof.__file__).read_text("utf-8"))
    froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    assert not [name for name in froms | plain if name.split(".")[0] in {"desktop", "sync"}]


def test_only_the_auditor_takes_the_log_out_and_only_with_a_reason(tmp_path: Path) -> None:
    out = tmp_path / "audit.jsonl"
    with open_store(tmp_path, SetClock()) as store:
        for role in set(Role) - {Role.SEC_AUDITOR}:
            with pytest.raises(NotAllowed):
                auditing.write_chain(store, DEVICE, person(role), out, reason="好奇")
        with pytest.raises(MissingField):
            auditing.write_chain(store, DEVICE, person(Role.SEC_AUDITOR), out, reason=" ")
        nowhere = tmp_path / "none" / "audit.jsonl"
        with pytest.raises(StorageError):
            auditing.write_chain(store, DEVICE, person(Role.SEC_AUDITOR), nowhere, reason="审计")
    assert not out.exists()


def test_the_command_answers_whether_all_is_sound(
    chain: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_bytes(b"".join(chain))
    bad.write_bytes(b"".join([*chain[:5], *chain[6:]]))
    assert main(["verify", str(good), "--key", DEVICE.public_key()]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == ROWS
    assert main(["verify", str(bad)]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["faults"] == 1
    assert "5" in told.err
    assert main(["verify", str(tmp_path / "none.jsonl")]) == 1
