"""A stick in place of a line: nothing is lost, nothing counts twice, and what is wrong is named."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync import cli
from sync.client.parcels import Answered, Parcels, Written
from sync.client.taking import Taking
from sync.outbox import queue
from sync.protocol.identity import DeviceIdentity
from sync.protocol.parcel import ParcelError, ParcelFault, read_parcel
from sync.server.database import Database
from sync.server.parcels import Taken, take_parcel
from sync.server.problems import Problem
from tests.support.sync_client import Killed, SyncClient, bytes_of, project
from tests.support.sync_office import ENTITIES, Office
from tests.support.sync_records import evidence, finding

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(office: Office) -> SyncClient:
    """A device that has met its server once, and then went where there is no network."""
    made = office.client("VIDEO_SUP")
    made.sync()
    return made


def parcels_of(client: SyncClient) -> Parcels:
    taking = Taking(project, client.recorder, client.shelf, bytes_of)
    return Parcels(
        client.device, transact=client.transact, project=project, taking=taking, shelf=client.shelf
    )


def write(client: SyncClient, **more: object) -> Written:
    account = client.session.account
    assert account is not None
    return parcels_of(client).write(account.user_id, now=NOW, **more)  # type: ignore[arg-type]


def bring(office: Office, raw: bytes) -> Taken:
    return take_parcel(office.doors.database, office.doors.rules, office.doors.blobs, raw)


def answer(client: SyncClient, taken: Taken) -> Answered:
    return parcels_of(client).take(taken.receipt)


def note(client: SyncClient) -> dict[str, object]:
    """Do something that waits for the server."""
    body = finding()
    account = client.session.account
    assert account is not None
    client.create(account.user_id, "finding", body, "hall-1")
    return body


def waiting(client: SyncClient) -> int:
    return client.transact(queue.counts).get("pending", 0)


def refused(client: SyncClient, raw: bytes) -> ParcelFault:
    with pytest.raises(ParcelError) as caught:
        parcels_of(client).take(raw)
    return caught.value.fault


def test_what_waits_goes_out_on_a_stick_and_what_happened_comes_back(
    office: Office, client: SyncClient
) -> None:
    other = office.client("VIDEO_SUP")
    theirs = note(other)
    other.sync()
    mine = note(client)
    parcel = write(client)
    assert mine["id"].encode() not in parcel.raw  # type: ignore[attr-defined]
    taken = bring(office, parcel.raw)
    assert (taken.changes, taken.refused) == (1, 0)
    assert waiting(client) == 1  # until the receipt is here
    told = answer(client, taken)
    assert told.changes == 1
    assert told.pulled >= 2
    assert waiting(client) == 0
    assert ("finding", theirs["id"]) in client.records
    other.sync()
    assert ("finding", mine["id"]) in other.records
    assert client.sync().agreed


def test_files_go_along_once_a_record_names_them(office: Office, client: SyncClient) -> None:
    body = note(client)
    sha256 = client.keep(b"a picture of an empty chair")
    account = client.session.account
    assert account is not None
    named = evidence(str(body["id"]), sha256, 27)
    client.create(account.user_id, "evidence", named, "hall-1")
    client.keep(b"named by nothing")
    taken = bring(office, write(client).raw)
    assert taken.files == 1
    assert answer(client, taken).files == 1
    left = client.transact(queue.counts)["blobs_waiting"]
    assert left == 1  # what no record names waits on


def test_a_parcel_counts_once_and_one_that_is_missing_is_asked_for(
    office: Office, client: SyncClient
) -> None:
    note(client)
    first = write(client)
    note(client)
    second = write(client)
    with pytest.raises(Problem) as caught:
        bring(office, second.raw)
    assert (caught.value.code, caught.value.fields["expected"]) == ("parcel_gap", 1)
    bring(office, first.raw)
    with pytest.raises(Problem) as caught:
        bring(office, first.raw)
    assert (caught.value.code, caught.value.fields["expected"]) == ("parcel_replayed", 2)
    told = answer(client, bring(office, second.raw))
    assert told.changes == 2  # the first was answered once more
    assert waiting(client) == 0
    assert client.sync().agreed


def test_a_lost_stick_is_written_again_under_its_number(office: Office, client: SyncClient) -> None:
    note(client)
    write(client)  # and lost
    later = write(client)
    again = write(client, seq=1)
    bring(office, again.raw)
    assert answer(client, bring(office, later.raw)).seq == 2
    assert waiting(client) == 0
    with pytest.raises(ParcelError) as caught:
        write(client, seq=9)
    assert (caught.value.fault, caught.value.expected) == (ParcelFault.GAP, 3)


def test_one_way_without_receipts_loses_nothing(office: Office, client: SyncClient) -> None:
    for _ in range(3):
        note(client)
        bring(office, write(client).raw)
    assert waiting(client) == 3
    other = office.client("VIDEO_SUP")
    other.sync()
    assert len([key for key in other.records if key[0] == "finding"]) == 3
    report = client.sync()  # the line is back
    assert report.agreed
    assert waiting(client) == 0


def test_a_receipt_counts_once_and_only_here(office: Office, client: SyncClient) -> None:
    note(client)
    taken = bring(office, write(client).raw)
    stranger = office.client("VIDEO_SUP")
    stranger.sync()
    assert refused(stranger, taken.receipt) is ParcelFault.NOT_FOR_US
    answer(client, taken)
    assert refused(client, taken.receipt) is ParcelFault.REPLAYED


def test_a_round_in_between_makes_a_receipt_harmless(office: Office, client: SyncClient) -> None:
    note(client)
    taken = bring(office, write(client).raw)
    other = office.client("VIDEO_SUP")
    note(other)
    other.sync()
    client.sync()
    assert answer(client, taken).pulled == 0
    assert client.sync().agreed


def test_every_changed_byte_is_named(office: Office, client: SyncClient) -> None:
    note(client)
    raw = write(client).raw
    at = raw.index(b"\n")
    told = set()
    for place in (2, at // 2, at + 9, len(raw) - 1):
        forged = bytearray(raw)
        forged[place] ^= 1
        with pytest.raises(Problem) as caught:
            bring(office, bytes(forged))
        told.add(caught.value.code)
    for broken in (raw[:-1], b"", b"{}\n", raw[at:]):
        with pytest.raises(Problem) as caught:
            bring(office, broken)
        told.add(caught.value.code)
    fault = ParcelFault
    known = {fault.UNREADABLE, fault.DAMAGED, fault.FORGED, fault.NOT_FOR_US}
    assert told <= {each.value for each in known}
    assert bring(office, raw).changes == 1  # nothing of all that was taken


def test_another_key_another_server_and_a_revoked_device_are_named(
    office: Office, client: SyncClient, tmp_path: Path
) -> None:
    note(client)
    raw = write(client).raw
    thief = DeviceIdentity.new()
    client.device = replace(client.device, private_key=thief.private_key)
    with pytest.raises(Problem) as caught:
        bring(office, write(client).raw)
    assert caught.value.code == ParcelFault.FORGED.value
    elsewhere = Office(tmp_path / "elsewhere")
    with pytest.raises(Problem) as caught:
        bring(elsewhere, raw)
    assert caught.value.code == ParcelFault.NOT_FOR_US.value
    elsewhere.close()
    admin = office.client("SYS_ADMIN", scopes=("region",))
    admin.session.revoke(client.device.device_id)
    with pytest.raises(Problem) as caught:
        bring(office, raw)
    assert caught.value.code == "device_revoked"


def test_a_device_that_never_met_its_server_says_so(office: Office) -> None:
    stranger = office.client("VIDEO_SUP")
    with pytest.raises(ParcelError) as caught:
        write(stranger)
    assert caught.value.fault is ParcelFault.NEVER_MET


def test_a_clock_of_2001_is_told_and_loses_nothing(office: Office, client: SyncClient) -> None:
    note(client)
    account = client.session.account
    assert account is not None
    old = datetime(2001, 1, 1, tzinfo=UTC)
    taken = bring(office, parcels_of(client).write(account.user_id, now=old).raw)
    assert taken.skew_s < -20 * 365 * 86400
    assert answer(client, taken).changes == 1


def test_a_killed_device_takes_the_same_receipt_again(office: Office, client: SyncClient) -> None:
    note(client)
    taken = bring(office, write(client).raw)
    client.commits_left = 1  # the settling is the second commit
    with pytest.raises(Killed):
        answer(client, taken)
    client.restart()
    assert waiting(client) == 1
    answer(client, taken)
    assert waiting(client) == 0


def test_the_command_takes_a_parcel_and_writes_the_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "server"
    office = Office(data, Database.in_folder(data))
    client = office.client("VIDEO_SUP")
    client.sync()
    note(client)
    stick, back = tmp_path / "out.hwparcel", tmp_path / "back.hwparcel"
    stick.write_bytes(write(client).raw)
    words = ["take-parcel", str(stick), "--data", str(data), "--out", str(back)]
    assert cli.main([*words, "--schema", str(ENTITIES)]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == 1
    assert parcels_of(client).take(back.read_bytes()).changes == 1
    assert cli.main(words) == 2
    assert "parcel_replayed, expected 2" in capsys.readouterr().err
    assert read_parcel(back.read_bytes()).head.seq == 1
    office.close()
