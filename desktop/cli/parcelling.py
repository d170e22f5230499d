"""Exchange on a stick without a window: `parcel` writes what waits, or takes a receipt in."""

import argparse
import os
from getpass import getpass
from pathlib import Path

from desktop.assembly.program import Program
from desktop.cli.voice import ask_pin, speaking, tell
from desktop.domain.roles import Actor
from desktop.paths import standard_paths
from desktop.settings import load_settings
from desktop.system.language import said
from desktop.system.secrets import open_secrets
from desktop.viewmodels.parcels import fault_said
from desktop.workers.parcel_post import ParcelPost
from sync.protocol.parcel import ParcelError


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("parcel", help="用 U 盘与服务器交换 / exchange on a stick")
    parser.add_argument("--user", required=True, help="用户名 / who does it")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="FILE", help="写数据包 / write a parcel")
    way.add_argument("--receipt", type=Path, metavar="FILE", help="读入回执 / take a receipt in")
    parser.add_argument("--reason", default="", help="写出的理由 / why it leaves the program")
    parser.add_argument("--number", type=int, default=0, help="重写的编号 / number to write again")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 where the parcel was refused."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    paths = standard_paths(os.environ)
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    with Program(paths, load_settings(paths.settings), secrets) as program:
        password = getpass(said("{0} 的密码：").format(options.user))
        actor = program.door.sign_in(options.user, password).result()
        return exchange(program.parcels, actor, options)


def exchange(post: ParcelPost, actor: Actor, options: argparse.Namespace) -> int:
    """Write a parcel or take a receipt, and say what came of it."""
    try:
        if options.out:
            written = post.write_out(
                actor, options.out, options.reason, seq=options.number
            ).result()
            told = said("已写出第 {0} 包：{1} 项更改、{2} 个文件，已加密并签名。")
            tell(told.format(written.seq, written.changes, written.files))
        else:
            got = post.take_in(actor, options.receipt).result()
            told = said(
                "已读入第 {0} 包的回执：答复 {1} 项，其中拒绝 {2} 项；收到他人的更改 {3} 项。"
            )
            tell(told.format(got.seq, got.changes, got.refused, got.pulled))
    except ParcelError as error:
        tell(fault_said(error), mark="✗")
        return 1
    return 0
