"""Writing the audit chain of this device to a file for somebody else to verify: `audit`."""

import argparse
import os
from getpass import getpass
from pathlib import Path

from desktop.assembly.program import Program
from desktop.cli.voice import ask_pin, speaking, tell
from desktop.domain.roles import Actor
from desktop.paths import standard_paths
from desktop.settings import load_settings
from desktop.storage.store import Store
from desktop.system.language import said
from desktop.system.secrets import open_secrets
from desktop.usecases.auditing import note_audit_export
from desktop.workers.audit_book import write_rows
from sync.protocol.identity import DeviceIdentity


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("audit", help="导出本机审计链 / write the audit chain to a file")
    parser.add_argument("--user", required=True, help="安全审计员的用户名 / the auditor")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--reason", required=True, help="导出理由 / why it leaves the program")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file, and in the chain itself who asked for it."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    paths = standard_paths(os.environ)
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    with Program(paths, load_settings(paths.settings), secrets) as program:
        password = getpass(said("{0} 的密码：").format(options.user))
        actor = program.door.sign_in(options.user, password).result()
        rows = write_chain(
            program.desk.store, program.device, actor, options.out, reason=options.reason
        )
        key = program.device.public_key()
    tell(said("已导出 {0} 条审计记录，设备公钥 {1}").format(rows, key))
    return 0


def write_chain(
    store: Store, device: DeviceIdentity, actor: Actor, out: Path, *, reason: str
) -> int:
    """Write the whole chain to a file, with the row about this as its last; answer its length.

    Raises:
        NotAllowed, MissingField: see `note_audit_export`; nothing is written.
        StorageError: NOT_WRITABLE.
    """
    with store.act(actor) as work:
        note_audit_export(work, reason)
    return write_rows(store, device, out)
