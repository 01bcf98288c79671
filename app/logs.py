"""Logging for people who must find out what happened, without the personal data of those it happened to.

Everything that leaves a handler passes `MaskingFormatter`: the message, its arguments and the text of exceptions.
Masking the finished line is what makes it hold for third-party libraries and tracebacks too; a filter on records
would see neither. Names have no shape of their own, so code that logs one wraps it in `Private`.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from app.domain.person import mask, mask_name

LOG_FILE = "yichuang.log"
MAX_BYTES = 2_000_000
KEPT_FILES = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Private:
    """A name or another word that must not stand in a log: `log.info("读到 %s", Private(card.name))` gives 张*."""

    text: str

    def __str__(self) -> str:
        return mask_name(self.text)

    def __repr__(self) -> str:
        return repr(mask_name(self.text))


def _keep(head: int, tail: int) -> Callable[[re.Match[str]], str]:
    def hide(match: re.Match[str]) -> str:
        text = match.group()
        return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")

    return hide


def _hide_marked(match: re.Match[str]) -> str:
    return match["mark"] + mask_name(match["value"])


_MARKED = "姓名|持有人|持证人|申请人|法定代表人|经营者|住址|地址|name_en|name|holder|address|surname|given_names"
_MARK = rf"""(?P<mark>(?<![A-Za-z_])(?:{_MARKED})["']?\s*[:：=]\s*"""

_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # MRZ lines hold name and number at once.
    (re.compile(r"(?<![A-Z0-9<])(?=[A-Z0-9<]*<<)[A-Z0-9<]{28,90}(?![A-Z0-9<])"), _keep(2, 0)),
    # 18 digits, also grouped 6-8-4 by hand. The last character may be X (GB 11643). Next to letters the birth date
    # must be plausible, or digests would be blotted out.
    (re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])"), lambda m: mask(m.group())),
    (
        re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
        lambda m: mask(m.group()),
    ),
    # The 15 digits of before 1999.
    (
        re.compile(r"(?<!\d)\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)"),
        lambda m: mask(m.group()),
    ),
    # Permanent residence card of a foreigner, 2017 layout: country and 12 digits.
    (re.compile(r"(?<![0-9A-Za-z])[A-Z]{3}\d{12}(?![0-9A-Za-z])"), _keep(3, 2)),
    # Mobile numbers, also grouped 3-4-4; land lines with their area code.
    (re.compile(r"(?:(?<!\d)|(?<=(?<!\d)86))1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), _keep(3, 4)),
    (re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), _keep(4, 2)),
    # Passports and travel permits: one or two letters and 7 to 10 digits (E12345678, EA1234567, H1234567890).
    (re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,2}\d{7,10}(?![0-9A-Za-z])"), _keep(2, 2)),
    # What is called a name or an address: 姓名：张伟, name='张伟', "holder": "SMITH JOHN".
    (re.compile(rf"""{_MARK}(?P<q>["']))(?P<value>[^"']+)(?=(?P=q))"""), _hide_marked),
    (re.compile(rf"""{_MARK})(?P<value>[^"'\s,，;；)）\]}}]+)"""), _hide_marked),
)


def mask_text(text: str) -> str:
    """The text with personal numbers, MRZ lines and marked names hidden."""
    for pattern, hide in _RULES:
        text = pattern.sub(hide, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Formats as usual, then hides personal data in the whole line, the traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record))


class LogSession:
    """Logging that was started; `close` puts everything back as it was. file: None when nothing is written."""

    def __init__(self, handlers: list[logging.Handler], file: Path | None) -> None:
        self.file = file
        self._handlers = handlers
        self._root = logging.getLogger()
        self._level = self._root.level
        self._hooks = (sys.excepthook, threading.excepthook)

    def start(self, level: int) -> None:
        self._root.setLevel(level)
        for handler in self._handlers:
            self._root.addHandler(handler)
        # Python's own hooks would print the traceback unmasked.
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_uncaught_in_thread

    def close(self) -> None:
        """Close the files. Closing twice is harmless."""
        for handler in self._handlers:
            self._root.removeHandler(handler)
            handler.close()
        if self._handlers:
            self._root.setLevel(self._level)
            sys.excepthook, threading.excepthook = self._hooks
        self._handlers = []

    def __enter__(self) -> LogSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def start_logging(folder: Path | None, *, console: bool = True, verbose: bool = False) -> LogSession:
    """Log into `folder`/yichuang.log (rotated, readable by its owner only) and to standard error.

    folder None: no file (commands that need no profile). console: warnings and worse on standard error, everything
    when verbose. OSError when the folder cannot be written.
    """
    handlers: list[logging.Handler] = []
    file = None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / LOG_FILE
        file.touch(mode=0o600)
        # Text from broken chips may hold lone surrogates; a log line must not be lost to them.
        to_file = RotatingFileHandler(
            file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", errors="backslashreplace"
        )
        to_file.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
        handlers.append(to_file)
    if console:
        to_console = logging.StreamHandler(sys.stderr)
        to_console.setLevel(logging.DEBUG if verbose else logging.WARNING)
        to_console.setFormatter(MaskingFormatter("%(levelname)s %(name)s: %(message)s"))
        handlers.append(to_console)
    session = LogSession(handlers, file)
    session.start(logging.DEBUG if verbose else logging.INFO)
    return session


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("未处理的错误", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        where = args.thread.name if args.thread else "?"
        _log.critical("线程 %s 中未处理的错误", where, exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
