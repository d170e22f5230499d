"""Devices that write straight into a server's rooms, without HTTP, as fast as it takes them."""

from dataclasses import dataclass, field

from sqlalchemy import insert

from sync.outbox.recorder import Draft
from sync.protocol.answers import Account
from sync.protocol.change import Change, ChangeKind
from sync.protocol.identity import DeviceIdentity
from sync.server.accounts import Caller
from sync.server.database import Database
from sync.server.push import Batch, take_changes
from sync.server.rules import Rules
from sync.server.tables import devices
from tests.support.sync_records import finding


@dataclass
class Writer:
    """A machine that reports findings of one hall."""

    database: Database
    rules: Rules
    scope: str
    device: DeviceIdentity = field(default_factory=DeviceIdentity.new)
    _seq: int = 0
    _link: str = ""

    def enrol(self) -> None:
        row = {"public_key": self.device.public_key(), "revoked": False, "created_at": ""}
        with self.database.write() as connection:
            connection.execute(insert(devices).values(row | {"id": self.device.device_id}))

    def prepare(self, count: int) -> list[Change]:
        """Seal so many reports."""
        made = []
        for _ in range(count):
            body = finding(hall_id=self.scope)
            patch = {name: (None, value) for name, value in body.items()}
            draft = Draft("finding", body["id"], self.scope, ChangeKind.CREATE, patch, None)
            made.append(self._seal(draft))
        return made

    def push(self, *changes: Change) -> None:
        account = Account("u", "u", "u", (), (self.scope,))
        caller = Caller(account, self.device.device_id)
        answers = take_changes(self.database, self.rules, caller, Batch(changes)).answers
        assert len(answers) == len(changes)
        assert all(answer.outcome.is_in for answer in answers), answers

    def _seal(self, draft: Draft) -> Change:
        self._seq += 1
        change = Change(
            op_id=f"{self.device.device_id}-{self._seq}",
            group_id=f"{self.device.device_id}-{self._seq}",
            device_id=self.device.device_id,
            dev_seq=self._seq,
            prev_hash=self._link,
            user_id=self.device.device_id,
            entity=draft.entity,
            id=draft.id,
            scope=draft.scope,
            kind=draft.kind,
            patch=draft.patch,
            expect_ver=None,
            schema_ver=1,
            wall_time="2026-11-24T01:00:00+00:00",
            mono=0.0,
            boot_id="b",
        ).sealed(self.device.key())
        self._link = change.link()
        return change
