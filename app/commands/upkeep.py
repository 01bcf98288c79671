"""Commands that look after the program itself: prerequisites, settings and where they come from, updates, support."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import NO, YES, complain, say
from app.domain.clock import SystemClock, shanghai
from app.domain.errors import BadInput, YichuangError

if TYPE_CHECKING:
    from app.doctor import Check
    from app.updates.manifest import Package


def doctor(args: argparse.Namespace) -> int:
    """Every prerequisite: is it there, and how to get it; then every setting and where it comes from. Exit 1 when one
    that is needed lacks. With --self-test: does this version work at all?"""
    from app.doctor import checks
    from app.profiles import write_example_settings

    if args.write_settings:
        print(write_example_settings(args.profile), file=sys.stderr)
        return YES
    if args.self_test:
        from app.self_test import self_test

        found = self_test()
    else:
        found = checks()
    for check in found:
        _say_check(check)
    well = all(check.ok is not False for check in found)
    if not args.self_test:
        well = _say_settings(args.profile, args.setting) and well
    return YES if well else NO


def _say_check(check: Check, **more: object) -> None:
    say({"name": check.name, "ok": check.ok, "detail": check.detail, "todo": check.todo, **more})


def _say_settings(profile: str | None, overrides: list[str]) -> bool:
    """Each setting on a line of the same form, with its name, value, origin and place beside. Are they sound?"""
    from app.commands.face_ready import face_check
    from app.config.layers import Sources, shown
    from app.doctor import Check, policy_check
    from app.profiles import folder_of, kind_of
    from app.settings import judge, read_layers
    from devices.uri import redacted
    from offline_db.profile import ProfileKind

    folder = folder_of(profile)
    demo = kind_of(folder) is ProfileKind.DEMO
    sources = Sources() if demo else Sources.of_machine(overrides)
    if sources.policy is not None:
        _say_check(policy_check(sources.policy))
    try:
        layers = read_layers(folder / "settings.toml", sources)
        judge(layers, emulated=demo)
    except YichuangError as error:
        absent = not (folder / "settings.toml").exists()
        _say_check(Check("设置", None if absent else False, error.what, error.todo))
        return absent
    _say_check(Check("设置", True, str(folder / "settings.toml")))
    facing = face_check({name: value.value for name, value in layers.values().items()})
    if facing is not None:
        _say_check(facing)
    for name, value in sorted(layers.values().items()):
        if value.value is None:
            continue
        text = redacted(shown(value.value)) if name.startswith("devices.") else shown(value.value)
        detail = f"{text}（{value.origin}{'，' + value.where if value.where else ''}）"
        origin = {"setting": name, "value": text, "origin": str(value.origin), "source": value.where}
        _say_check(Check(f"设置 {name}", True, detail), **origin, locked=value.locked)
    return facing is None or facing.ok is True


def update_show(args: argparse.Namespace) -> int:
    """How things stand with updates; exit 1 where this program does not update itself."""
    from app.updates.install import Install
    from app.version import program_version

    install = Install.of_program(program_version())
    state = install.state if install is not None else None
    say(
        {
            "version": program_version(),
            "self_updating": install is not None,
            "current": install.current if install is not None else None,
            "staged": (state.staged or None) if state else None,
            "trial": state.trial.version if state and state.trial else None,
            "gone_back": (state.gone_back or None) if state else None,
            "serial": state.serial if state else None,
        }
    )
    return YES if install is not None else NO


def update_import(args: argparse.Namespace) -> int:
    """A version from a stick: the same checks as of one from the gateway."""
    from app.bootstrap_update import updates_of
    from app.profiles import folder_of, load_settings

    updates = updates_of(load_settings(args.profile), folder_of(args.profile), "")
    if updates is None:
        raise BadInput("演示数据不更新程序", "", "请在正式数据下运行。")
    state = updates.take(_bytes(Path(args.manifest)), Path(args.package))
    say({"staged": state.version})
    return YES


def update_setup(args: argparse.Namespace) -> int:
    """An install folder from the package that this program runs from; it then updates itself."""
    from app.updates.install import lay_out
    from app.version import program_version

    if not getattr(sys, "frozen", False):
        raise BadInput("只能从打包的程序建立", "当前从源代码运行。", "先运行 make package。")
    root = lay_out(Path(args.folder), Path(sys.executable).parent, program_version())
    say({"folder": str(root), "version": program_version()})
    return YES


def update_pack(args: argparse.Namespace) -> int:
    """Sign a version, as its publisher."""
    from app.commands.trust import publisher
    from app.updates.manifest import make_manifest

    packages = [_package(text) for text in args.package]
    at = shanghai(SystemClock().now()).date().isoformat()
    data = make_manifest(
        args.version, args.serial, at, packages, publisher(Path(args.key)),
        notes=args.notes, notes_en=args.notes_en, keys=args.publisher,
    )  # fmt: skip
    try:
        Path(args.out).write_bytes(data)
    except OSError as error:
        raise BadInput("写不了文件", f"{args.out}：{error.strerror}", "检查目录和权限。") from error
    say({"file": args.out, "version": args.version, "serial": args.serial, "packages": [p.platform for p in packages]})
    return YES


def _package(text: str) -> Package:
    import hashlib
    import tarfile

    from app.updates.manifest import Package

    name, equals, path = text.partition("=")
    if not equals:
        raise BadInput("参数不对", text, "应写作 linux-x86_64=yichuang-0.2.0.tar.gz。")
    data = _bytes(Path(path))
    try:
        with tarfile.open(path) as tar:
            unpacked = sum(entry.size for entry in tar)
    except tarfile.TarError as error:
        raise BadInput("安装包读不了", path, "应为 .tar.gz 或 .tar.xz。") from error
    return Package(name, hashlib.sha256(data).hexdigest(), len(data), max(unpacked, 1))


def support_bundle(args: argparse.Namespace) -> int:
    """What the bundle would hold, one file a line; with --show, one of them; with --out, write it."""
    from app.bootstrap_support import bundle_of_profile
    from app.support.bundle import write_bundle

    files = bundle_of_profile(args.profile)
    if args.show is not None:
        text = next((file.text for file in files if file.name == args.show), None)
        if text is None:
            raise BadInput("没有这个文件", args.show, "不带 --show 运行，查看清单。")
        print(text)
        return YES
    if args.out is not None:
        write_bundle(Path(args.out), files)
        complain("已写入", args.out)
    for file in files:
        say({"file": file.name, "bytes": file.size})
    return YES


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("读不了文件", f"{path}：{error.strerror}", "检查文件名和权限。") from error
