"""Personal data planted in messages, arguments and exceptions must not reach a log."""

from __future__ import annotations

import io
import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import LOG_FILE, MaskingFormatter, Private, mask_text, start_logging

# Made-up people with valid check digits (ISO 7064 MOD 11-2).
RESIDENT = "330502199001011236"
HMT = "810000199408230021"
FOREIGNER_2023 = "911124198108030024"
FOREIGNER_2017 = "USA110081040103"
OLD_NUMBER = "330502900101123"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(MaskingFormatter("%(message)s"))
    logger = logging.getLogger("tests.masking")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)
    logger.propagate = True


@pytest.mark.parametrize(
    "planted",
    [
        RESIDENT,
        "33050219900101121X",
        "33050219900101121x",
        HMT,
        FOREIGNER_2023,
        FOREIGNER_2017,
        OLD_NUMBER,
        "330502 19900101 1236",
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "8613812345678",
        "0572-2345678",
        "E12345678",
        "EA1234567",
        "H1234567890",
        "G98765432",
        "POCHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "E123456784CHN9001014M3001012<<<<<<<<<<<<<<04",
        "３３０５０２１９９００１０１１２３６",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "读卡：{}。", "number={}&x=1", "('{}',)", "办件{}已收", '{{"n":"{}"}}'])
def test_personal_numbers_are_hidden(planted: str, frame: str) -> None:
    hidden = mask_text(frame.format(planted))
    assert planted not in hidden
    assert "*" in hidden
    # No half of it may survive either: six characters in a row would name the birth date or the serial number.
    body = hidden
    for start in range(len(planted) - 7):
        assert planted[start : start + 8] not in body


@pytest.mark.parametrize(
    "kept",
    [
        "W0120261121000" + "1A",
        "2026-11-21T03:04:05.678Z",
        "0190163d-8694-739b-aea5-966c26f8ad91",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "sdt:///dev/ttyUSB0?baud=115200",
        "11330500002613XXXX433010700500001",
        "1763694245678",
        "127.0.0.1:54321",
    ],
)
def test_what_support_needs_stays_readable(kept: str) -> None:
    assert mask_text(f"x {kept} y") == f"x {kept} y"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("姓名：张伟，性别：男", "姓名：张*，性别：男"),
        ("name='SMITH JOHN' ok", "name='S*********' ok"),
        ('{"name": "王𠮷", "sex": "男"}', '{"name": "王*", "sex": "男"}'),
        ("IdCard(name='㛃䶮', address='浙江省湖州市')", "IdCard(name='㛃*', address='浙*****')"),
        ("持有人:欧阳𬭚 到", "持有人:欧** 到"),
        ("file_name=clip.avi", "file_name=clip.avi"),
    ],
)
def test_marked_names_are_hidden(text: str, hidden: str) -> None:
    assert mask_text(text) == hidden
    assert mask_text(hidden) == hidden


def test_arguments_and_wrapped_names(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.warning("读到 %s，号码 %s，%r", Private("王𠮷"), RESIDENT, [Private("张伟"), RESIDENT])
    assert written.getvalue() == "读到 王*，号码 3305**********1236，['张*', '3305**********1236']\n"
    assert f"{Private('张伟')}" == "张*"


def test_exception_texts_and_their_causes(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    try:
        try:
            raise ValueError(f"bad card {RESIDENT}")
        except ValueError as error:
            raise RuntimeError("phone 13812345678, 姓名：张伟") from error
    except RuntimeError:
        logger.exception("失败")
    text = written.getvalue()
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "1381****" not in text
    for planted in (RESIDENT, "19900101", "13812345678", "张伟"):
        assert planted not in text


def test_the_file_is_private_and_masked(tmp_path: Path) -> None:
    folder = tmp_path / "日志"
    with start_logging(folder, console=False) as session:
        logging.getLogger("devices.sdt").info("card %s 㛃𠮷䶮𬭚 \ud800", RESIDENT)
        logging.getLogger("devices.sdt").debug("not asked for")
    assert session.file == folder / LOG_FILE
    text = session.file.read_text("utf-8")
    assert RESIDENT not in text
    assert "㛃𠮷䶮𬭚 \\ud800" in text
    assert "not asked for" not in text
    assert stat.S_IMODE(session.file.stat().st_mode) == 0o600


def test_the_file_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.logs.MAX_BYTES", 2_000)
    monkeypatch.setattr("app.logs.KEPT_FILES", 2)
    with start_logging(tmp_path, console=False):
        for number in range(200):
            logging.getLogger("x").info("line %d", number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [LOG_FILE, f"{LOG_FILE}.1", f"{LOG_FILE}.2"]
    assert all(path.stat().st_size <= 2_000 for path in tmp_path.iterdir())
    assert "line 199" in (tmp_path / LOG_FILE).read_text()


def test_the_console_gets_warnings_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with start_logging(None) as session:
        logging.getLogger("x").info("quiet")
        logging.getLogger("x").warning("loud %s", RESIDENT)
    assert session.file is None
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "quiet" not in shown.err
    assert "loud 3305" in shown.err
    with start_logging(None, verbose=True):
        logging.getLogger("x").debug("all of it")
    assert "all of it" in capsys.readouterr().err


def test_closing_puts_everything_back(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, sys.excepthook, threading.excepthook)
    session = start_logging(tmp_path)
    assert sys.excepthook is not before[2]
    session.close()
    session.close()
    assert (list(root.handlers), root.level, sys.excepthook, threading.excepthook) == before


def test_uncaught_errors_are_logged_masked(tmp_path: Path) -> None:
    with start_logging(tmp_path, console=False) as session:
        try:
            raise ValueError(f"number {RESIDENT}")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)

        def fail() -> None:
            raise ValueError(f"in a thread {HMT}")

        worker = threading.Thread(target=fail, name="reader")
        worker.start()
        worker.join()
    assert session.file is not None
    text = session.file.read_text("utf-8")
    assert "线程 reader 中未处理的错误" in text
    assert text.count("\nValueError: ") == 2
    assert RESIDENT not in text
    assert HMT not in text


def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        start_logging(tmp_path / "file" / "logs")
