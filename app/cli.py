"""`yichuang …`: everything the screen can do that makes sense without one. Names and fields are an interface."""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from app.commands import TROUBLE, complain, official, regions
from app.commands.gateway_options import add_gateway_options, positive
from app.domain.errors import YichuangError

if TYPE_CHECKING:
    from app.presenters.opening import Opening


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    """A command (MODULE.FUNCTION of app.commands), imported when it is run: a window at its first paint has no use for
    the other commands' libraries."""
    module, _, function = name.partition(".")

    def command(args: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"app.commands.{module}"), function)(args)
        return code

    command.__qualname__ = name
    return command


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(prog="yichuang", description="一窗：综合窗口工作站 / the window-clerk workstation")
    parser.add_argument("--profile", metavar="DIR", help="profile folder (default: the user's working profile)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    sub = commands.add_parser("run", help="the workstation")
    sub.add_argument("--self-service", action="store_true", help="for citizens, once a clerk has signed in")
    _add_setting(sub)
    sub.set_defaults(function=_later("screen.run"))

    sub = commands.add_parser("demo", help="demo mode on emulated devices")
    sub.add_argument("--headless", action="store_true", help="play the scenario without a display and write --out")
    sub.add_argument("--scenario", metavar="NAME", help="the lesson to begin with (default: choose from the list)")
    sub.add_argument("--offline", action="store_true", help="headless: with the line down where the lesson allows it")
    sub.add_argument("--out", default="out", metavar="DIR")
    sub.add_argument("--language", choices=("zh", "en"), default="zh", help="the screen's language")
    sub.set_defaults(function=_later("screen.demo"))

    sub = commands.add_parser("scenarios", help="the training scenarios")
    sub.add_argument("--lint", metavar="DIR", help="check a folder of lessons instead")
    sub.set_defaults(function=_later("screen.scenarios"))

    sub = commands.add_parser("rows", help="play the reforms' scenarios (docs/rows.md)")
    sub.add_argument("name", nargs="*", metavar="ROW", help="these only (default: all with a scenario)")
    sub.add_argument("--out", default="out", metavar="DIR")
    sub.add_argument("--table", metavar="FILE", help="renew the lines of what was played in this page")
    sub.set_defaults(function=_later("screen.rows"))
    sub = commands.add_parser("scan", help="codes on pictures")
    sub.add_argument("image", nargs="+")
    sub.set_defaults(function=_later("reading.scan"))
    sub = commands.add_parser("licence", help="read and verify an e-licence")
    sub.add_argument("source", metavar="IMAGE|TEXT")
    sub.add_argument("--trust", metavar="DIR", help="trusted certificates or keys (PEM, DER, JWK)")
    sub.add_argument("--at", metavar="ISO-TIME", help="judge as of this time")
    sub.set_defaults(function=_later("reading.licence"))
    sub = commands.add_parser("ofd", help="read an OFD e-licence and verify its electronic seal")
    sub.add_argument("file", nargs="+", metavar="FILE")
    sub.add_argument("--trust", metavar="DIR", help="trusted certificates (PEM, DER), lists of revoked ones (CRL)")
    sub.add_argument("--at", metavar="ISO-TIME", help="judge as of this time")
    sub.add_argument("--picture", metavar="PNG", help="write the first page as a picture")
    sub.add_argument("--text", action="store_true", help="with the first page's text, line by line")
    sub.set_defaults(function=_later("ofd.ofd"))
    sub = commands.add_parser("mrz", help="machine-readable zones of passports, cards and visas")
    sub.add_argument("source", nargs="+", metavar="IMAGE|PDF|TEXT")
    sub.add_argument("--together", action="store_true", help="the pictures show one document: they vote")
    sub.set_defaults(function=_later("mrz.mrz"))
    sub = commands.add_parser("card", help="identity cards and permits in pictures, by their writing")
    sub.add_argument("file", nargs="+", metavar="IMAGE|PDF")
    sub.set_defaults(function=_later("card.card"))

    codes = commands.add_parser("codes", help="rules by which codes are told apart").add_subparsers(
        required=True, metavar="ACTION"
    )
    sub = codes.add_parser("lint", help="findings in a site's kinds.yaml, one a line")
    sub.add_argument("file", nargs="?", metavar="FILE", help="default: the profile's own")
    sub.set_defaults(function=_later("reading.codes_lint"))
    sub = codes.add_parser("show", help="what a text would be taken for")
    sub.add_argument("text")
    sub.add_argument("--format", default="", metavar="NAME", help="the symbol it was read from, e.g. Code128")
    sub.set_defaults(function=_later("reading.codes_show"))
    sub = commands.add_parser("idcard", help="read a card from an ID reader")
    sub.add_argument("--device", required=True, metavar="URI")
    sub.add_argument("--timeout", type=float, default=5.0, metavar="S")
    sub.set_defaults(function=_later("reading.idcard"))

    sub = commands.add_parser("chip", help="read and judge the chip of a passport or permit")
    sub.add_argument("--device", required=True, metavar="URI")
    sub.add_argument("--zone", metavar="LINES", help="the printed zone that opens it")
    sub.add_argument("--can", metavar="NUMBER", help="the six digits on the front")
    sub.add_argument("--number", metavar="NUMBER", help="the document's number, with --birth and --expiry")
    sub.add_argument("--birth", metavar="YYMMDD")
    sub.add_argument("--expiry", metavar="YYMMDD")
    sub.add_argument("--csca", metavar="FILE", action="append", default=[], help="master list or LDIF, for this once")
    sub.add_argument("--portrait", metavar="FILE", help="write the picture as the chip holds it")
    sub.add_argument("--timeout", type=float, default=8.0, metavar="S")
    sub.set_defaults(function=_later("chip.chip"))

    sub = commands.add_parser("devices", help="the devices of this window")
    sub.add_argument("uri", nargs="*", metavar="URI", help="instead of those in the settings")
    sub.add_argument("--probe", action="store_true", help="ask each whether it is there and well")
    sub.add_argument("--discover", action="store_true", help="what is plugged in or in the network, kind by kind")
    sub.set_defaults(function=_later("reading.devices"))

    sub = commands.add_parser("form", help="the combined form of bundles and items")
    sub.add_argument("code", nargs="+")
    sub.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="QUESTION=OPTION",
        help="answer a question of the guide (repeatable; default: the first option)",
    )
    sub.set_defaults(function=_later("desk.form"))

    sub = commands.add_parser(official.FILL, help="the official forms of a case, filled, as PDFs")
    sub.add_argument("case", metavar="CASE|SCENARIO", help="a case's number, or a lesson that is played first")
    sub.add_argument("--out", required=True, metavar="DIR")
    sub.add_argument("--editable", action="store_true", help="leave the PDF's fields to be filled in")
    sub.set_defaults(function=_later("official.fill"))
    sub = commands.add_parser(official.LINT, help="findings in the official forms, one a line")
    sub.add_argument("folder", nargs="?", metavar="DIR", help="the catalogue's folder (default: the shipped one)")
    sub.set_defaults(function=_later("official.lint"))

    sub = commands.add_parser("search", help="find items and bundles")
    sub.add_argument("words", nargs="+")
    sub.set_defaults(function=_later("desk.search"))

    catalog = commands.add_parser("catalog", help="check and convert the catalogue").add_subparsers(
        required=True, metavar="ACTION"
    )
    sub = catalog.add_parser("lint", help="findings, one a line")
    sub.add_argument("folder", nargs="?", metavar="DIR")
    sub.add_argument("--accept", metavar="BY", help="write locks.yaml in the name of a person with authority")
    sub.set_defaults(function=_later("desk.catalog_lint"))

    sub = catalog.add_parser("savings", help="what combining saves, as a table")
    sub.set_defaults(function=_later("desk.catalog_savings"))
    sub = catalog.add_parser("export", help="a catalogue folder as an Excel workbook")
    sub.add_argument("folder", metavar="DIR")
    sub.add_argument("workbook", metavar="FILE.xlsx")
    sub.set_defaults(function=_later("desk.catalog_export"))
    sub = catalog.add_parser("import", help="an Excel workbook as a catalogue folder")
    sub.add_argument("workbook", metavar="FILE.xlsx")
    sub.add_argument("folder", metavar="DIR")
    sub.set_defaults(function=_later("desk.catalog_import"))

    document = commands.add_parser("document", help="papers").add_subparsers(required=True, metavar="ACTION")
    sub = document.add_parser("verify", help="is this paper ours and unaltered")
    sub.add_argument("source", metavar="PDF|TEXT")
    sub.add_argument("--keys", metavar="DIR", help="public keys of the windows (default: this profile's)")
    sub.add_argument("--signature", action="store_true", help="and the signature given for it on this machine's pad")
    sub.set_defaults(function=_later("desk.document_verify"))
    sub = document.add_parser("coverage", help="which characters of GB 18030-2022 the papers' fonts draw")
    sub.add_argument("--missing", type=int, choices=(1, 2, 3), metavar="LEVEL", help="list what lacks for a level")
    sub.add_argument("--at-least", type=int, choices=(1, 2, 3), metavar="LEVEL", help="exit 1 unless it is whole")
    sub.set_defaults(function=_later("desk.document_coverage"))
    sub = document.add_parser("kinds", help="every kind of paper, and what it asks")
    sub.set_defaults(function=_later("papers.kinds"))
    sub = document.add_parser("make", help="make a paper as PDF; the same wish gives the same paper")
    sub.add_argument("kind", metavar="KIND", help="its name (document kinds), in Chinese or as refusal-notice")
    about = sub.add_mutually_exclusive_group()
    about.add_argument("--case", metavar="NUMBER", help="about this case of the profile (default: about the window)")
    about.add_argument("--sample", action="store_true", help="of made-up people instead; needs no profile")
    sub.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="an answer (repeatable)")
    sub.add_argument(
        "--language", choices=("zh", "zh-en"), default="zh", help="zh-en: Chinese and English side by side"
    )
    sub.add_argument(
        "--format", default="A4", metavar="NAME", help="A4, A5, strip-80 or strip-58; each with -large for large type"
    )
    sub.add_argument("--out", metavar="FILE", help="where the PDF goes (default: NUMBER.pdf)")
    sub.set_defaults(function=_later("papers.make"))

    _add_archive(commands)

    sub = commands.add_parser("sync", help="drain the outbox and pull the feeds")
    sub.add_argument("--once", action="store_true")
    sub.add_argument("--export", metavar="FILE", help="write what waits as a packet for a stick instead")
    sub.add_argument("--import", metavar="FILE", dest="import_answer", help="take in the gateway's answer to a packet")
    sub.set_defaults(function=_later("keeping.sync"))

    sub = commands.add_parser("gateway", help="serve the reference gateway")
    add_gateway_options(sub)
    sub.set_defaults(function=_later("keeping.gateway"))
    regions.arguments(commands, _later)

    sub = commands.add_parser("bridge", help="lend the devices to other browser systems, where no window runs")
    sub.add_argument(
        "--consent",
        choices=("refuse", "terminal"),
        default="refuse",
        help="what needs a clerk's consent: refused, or asked on this terminal",
    )
    sub.add_argument("--pair", metavar="ORIGIN", help="show a code by which a page of this origin pairs")
    sub.add_argument(
        "--admit", metavar="ORIGIN", action="append", default=[], help="let this origin use the old interfaces"
    )
    sub.add_argument("--list", action="store_true", help="the systems of the list and how they stand, one a line")
    sub.add_argument("--revoke", metavar="ORIGIN", help="take this origin's pairing back and end")
    sub.set_defaults(function=_later("bridge.bridge"))

    trusted = commands.add_parser("trust", help="whose licences count").add_subparsers(required=True, metavar="ACTION")
    sub = trusted.add_parser("show", help="the list in force: version, date, age, issuers")
    sub.set_defaults(function=_later("trust.show"))
    sub = trusted.add_parser("import", help="take in a signed list from a file")
    sub.add_argument("file", metavar="FILE")
    sub.set_defaults(function=_later("trust.install"))
    sub = trusted.add_parser("csca", help="states whose passports' chips are believed; with files, take them in")
    sub.add_argument("file", nargs="*", metavar="FILE", help="master list (.ml), LDIF or certificates")
    sub.add_argument("--accept", default="", metavar="SHA256", help="the fingerprint that was compared")
    sub.set_defaults(function=_later("chip.csca"))
    sub = trusted.add_parser("key", help="the public key of a publisher's key; makes the key if it is not there")
    sub.add_argument("key", metavar="KEY.pem")
    sub.set_defaults(function=_later("trust.key"))
    sub = trusted.add_parser("pack", help="sign a folder of keys as a list")
    sub.add_argument("folder", metavar="DIR")
    sub.add_argument("--key", required=True, metavar="KEY.pem")
    sub.add_argument("--version", required=True, type=int, metavar="N", help="higher than every one before")
    sub.add_argument("--out", required=True, metavar="FILE")
    sub.set_defaults(function=_later("trust.pack"))

    kept = commands.add_parser("store", help="what this machine keeps").add_subparsers(required=True, metavar="ACTION")
    sub = kept.add_parser("purge", help="clear what has been kept its days")
    sub.add_argument("--dry-run", action="store_true", help="only say how much is due now")
    sub.set_defaults(function=_later("keeping.store_purge"))
    sub = kept.add_parser("lost", help="cases that a restored platform lacks and that cannot be sent again")
    sub.add_argument("--settle", metavar="NUMBER", help="note that this one was seen to")
    sub.set_defaults(function=_later("keeping.store_lost"))

    audit = commands.add_parser("audit", help="the audit trail").add_subparsers(required=True, metavar="ACTION")
    sub = audit.add_parser("verify", help="the hash chain, entry by entry")
    sub.set_defaults(function=_later("keeping.audit_verify"))

    sub = commands.add_parser("clerks", help="the window's clerks; give a new PIN to one who forgot theirs")
    new_pin = sub.add_mutually_exclusive_group()
    new_pin.add_argument("--reset", metavar="NUMBER", help="print a PIN that works once; asks for a manager's PIN")
    new_pin.add_argument("--recover", metavar="NUMBER", help="by the recovery code: type a new PIN for this clerk")
    sub.set_defaults(function=_later("keeping.clerks"))

    sub = commands.add_parser("doctor", help="every prerequisite, and how to get what lacks")
    sub.add_argument("--write-settings", action="store_true", help="write an example settings.toml into the profile")
    sub.add_argument("--self-test", action="store_true", help="does this version work here? (asked before an update)")
    _add_setting(sub)
    sub.set_defaults(function=_later("upkeep.doctor"))
    _add_upkeep(commands)
    return parser


def _add_setting(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--setting", action="append", default=[], metavar="KEY=VALUE", help="over the settings file (repeatable)"
    )


def _add_upkeep(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sub = commands.add_parser("support-bundle", help="what support needs to know, without personal data")
    sub.add_argument("--out", metavar="FILE.zip", help="write it (default: only list what it would hold)")
    sub.add_argument("--show", metavar="NAME", help="print one of its files instead")
    sub.set_defaults(function=_later("upkeep.support_bundle"))
    firms = commands.add_parser("firms", help="services to firms").add_subparsers(required=True, metavar="ACTION")
    sub = firms.add_parser("lint", help="findings in assessment files, one a line")
    sub.add_argument("file", nargs="*", metavar="FILE", help="default: those shipped, and the profile's own")
    sub.set_defaults(function=_later("firms.lint"))
    sub = commands.add_parser("handbook", help="the handbook's chapters, or the handbook as PDF")
    sub.add_argument("--pdf", metavar="FILE", help="write it as PDF (default: list the chapters, one a line)")
    sub.add_argument("--book", choices=("clerk", "mobile", "trainer", "admin"), help="one book (default: all four)")
    sub.set_defaults(function=_later("handbook.handbook"))
    updates = commands.add_parser("update", help="new versions of the program").add_subparsers(
        required=True, metavar="ACTION"
    )
    sub = updates.add_parser("show", help="the version in use, what lies ready, what was given up")
    sub.set_defaults(function=_later("upkeep.update_show"))
    sub = updates.add_parser("import", help="lay a version from a stick ready for the next start")
    sub.add_argument("manifest", metavar="FILE")
    sub.add_argument("package", metavar="PACKAGE")
    sub.set_defaults(function=_later("upkeep.update_import"))
    sub = updates.add_parser("setup", help="make an install folder that updates itself, from this packaged program")
    sub.add_argument("folder", metavar="DIR")
    sub.set_defaults(function=_later("upkeep.update_setup"))
    sub = updates.add_parser("pack", help="sign what there is to say of a version (publisher)")
    sub.add_argument("package", nargs="+", metavar="PLATFORM=FILE.tar.gz")
    sub.add_argument("--key", required=True, metavar="KEY.pem", help="made by: yichuang trust key KEY.pem")
    sub.add_argument("--version", required=True, metavar="V")
    sub.add_argument("--serial", required=True, type=positive, metavar="N", help="higher than every one before")
    sub.add_argument("--out", required=True, metavar="FILE")
    sub.add_argument("--notes", default="", metavar="WORDS", help="what is new, for clerks")
    sub.add_argument("--notes-en", default="", metavar="WORDS")
    sub.add_argument(
        "--publisher", action="append", default=[], metavar="KEY",
        help="from now on only these public keys count (repeatable; for a change of keys)",
    )  # fmt: skip
    sub.set_defaults(function=_later("upkeep.update_pack"))


def _add_archive(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    cases = commands.add_parser("case", help="accepted cases").add_subparsers(required=True, metavar="ACTION")
    sub = cases.add_parser("archive", help="export a case's archive package; for managers")
    sub.add_argument("case", metavar="CASE", help="its 受理流水号 or 办件编码")
    sub.add_argument("--out", required=True, metavar="FILE.zip|DIR")
    sub.add_argument("--purpose", required=True, metavar="WORDS", help="what for; stands in the package and on record")
    sub.add_argument("--seal", action="store_true", help="under a password that is asked for")
    sub.add_argument("--password-file", metavar="FILE", help="the password's file, for when nobody can type it")
    sub.set_defaults(function=_later("archive.export"))

    sub = cases.add_parser("signature", help="does its signature stand under what the case says now")
    sub.add_argument("case", metavar="CASE", help="its 受理流水号 or 办件编码")
    sub.set_defaults(function=_later("archive.signature"))

    packages = commands.add_parser("archive", help="archive packages").add_subparsers(required=True, metavar="ACTION")
    sub = packages.add_parser("verify", help="is this package ours and unaltered")
    sub.add_argument("package", metavar="PACKAGE", help="a ZIP, a sealed file, or the folder of an unpacked one")
    sub.add_argument("--keys", metavar="DIR", help="public keys of the windows (default: this profile's)")
    sub.add_argument("--password-file", metavar="FILE")
    sub.set_defaults(function=_later("archive.verify"))
    sub = packages.add_parser("open", help="a sealed package as a plain ZIP")
    sub.add_argument("package", metavar="PACKAGE")
    sub.add_argument("--out", required=True, metavar="FILE.zip")
    sub.add_argument("--password-file", metavar="FILE")
    sub.set_defaults(function=_later("archive.unsealed"))


def opens_window(words: Sequence[str]) -> bool:
    """Will this command line open a window on a screen that is there? Asked before the parser is built."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        return False  # what the command itself has to say comes first, then Qt's complaint
    at = 2 if words[:1] == ["--profile"] else int(bool(words) and words[0].startswith("--profile="))
    command, rest = list(words[at : at + 1]), set(words[at + 1 :])
    return command in (["run"], ["demo"]) and not rest & {"--headless", "-h", "--help"}


def _painted_first(words: Sequence[str]) -> Opening:
    """Before the parser, the logs, the settings and the store: whatever they have to say, they say it with something
    on the screen."""
    from app.presenters.opening import Opening

    opening = Opening(words)
    opening.show()
    return opening


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 (yes), 1 (no) or 2 (bad use or environment)."""
    words = list(sys.argv[1:] if argv is None else argv)
    opening = _painted_first(words) if opens_window(words) else None
    args = build_parser().parse_args(official.joined(words))
    args.opening = opening
    # A crash below Python leaves every thread's place behind; without an error stream to write to there is no use.
    with contextlib.suppress(AttributeError, OSError, ValueError):
        if not faulthandler.is_enabled():
            faulthandler.enable()
    from app.logs import start_logging

    try:
        with start_logging(None):
            code: int = args.function(args)
    except YichuangError as exc:
        complain(exc.title, exc.what, exc.todo)
        return TROUBLE
    except KeyboardInterrupt:
        return TROUBLE
    except BrokenPipeError:
        # The reader of our output has gone (yichuang search … | head): not an error of ours.
        sys.stderr.close()
        return 0
    return code
