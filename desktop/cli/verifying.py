"""Telling whether an exported audit chain is as it was written: `verify FILE`."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from desktop.cli.proof import Fault, Trouble, Verdict, verify
from desktop.cli.voice import speaking, tell
from desktop.system.language import marked, said

SHOWN = 50  # faults told as sentences; the verdict counts all

_WORDS: Mapping[Trouble, str] = {
    Trouble.CHANGED: marked("第 {0} 条内容被改动"),
    Trouble.MISSING: marked("第 {0} 条缺失"),
    Trouble.MOVED: marked("第 {0} 条位置被移动"),
    Trouble.REPEATED: marked("第 {0} 条重复出现"),
    Trouble.ADDED: marked("第 {0} 条是多出来的"),
    Trouble.UNREADABLE: marked("第 {0} 行无法读取"),
    Trouble.UNSIGNED: marked("文件末尾的签名不成立，链首不可信"),
    Trouble.OTHER_KEY: marked("设备公钥与给出的不同"),
    Trouble.LOST_HEAD: marked("给出的旧链首已不在链中，整条链被重写过"),
}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("verify", help="核验导出的审计链 / verify an exported audit chain")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", default="", help="服务器登记的设备公钥 / the device's public key")
    parser.add_argument(
        "--head", default="", help="以前核验得到的链首 / the head of an earlier verdict"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell every fault, and print the verdict as the last line, in JSON; 1 where one was found."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    try:
        with options.file.open("rb") as lines:
            verdict = verify(iter(lines), key=options.key, head=options.head)
    except OSError:
        tell(said("无法读取 {0}").format(options.file.name), mark="✗")
        return 1
    for fault in verdict.faults[:SHOWN]:
        tell(_sentence(fault), mark="✗")
    if not verdict.faults:
        tell(said("{0} 条审计记录完整，签名有效").format(verdict.rows), mark="✓")
    if not options.key:
        words = said("没有给出公钥：只证明文件自身一致。请向服务器核对公钥 {0}")
        tell(words.format(verdict.key))
    print(json.dumps(_summary(verdict), ensure_ascii=False))
    return 1 if verdict.faults else 0


def _sentence(fault: Fault) -> str:
    return said(_WORDS[fault.trouble]).format(fault.n)


def _summary(verdict: Verdict) -> dict[str, object]:
    return {
        "rows": verdict.rows,
        "head": verdict.head,
        "key": verdict.key,
        "faults": len(verdict.faults),
    }
