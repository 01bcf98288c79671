"""What every test stands on: no screen, no touch on the person's own profile, steady random examples."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Must be set before the first Qt import. `make test` asks for "xcb" under Xvfb when it runs the tests marked x11.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LANG", "C.UTF-8")

from pcscd_kit import socket_folder
from PyQt6 import sip
from PyQt6.QtCore import QEvent
from PyQt6.QtWidgets import QApplication

from app.workers.collector import Collector

socket_folder()

# Two shared cores: a slow example is no defect.
settings.register_profile("yichuang", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "yichuang")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "x11: needs a real X display; run by `make test` under Xvfb")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The longest first: of two processes neither ends long before the other.
    items.sort(key=lambda item: item.path.parent.name != "end2end")
    if os.environ["QT_QPA_PLATFORM"] == "xcb":
        return
    elsewhere = pytest.mark.skip(reason="needs a real X display: make test runs it under Xvfb")
    for item in items:
        if item.get_closest_marker("x11"):
            item.add_marker(elsewhere)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test logged may hold lone surrogates on purpose; xdist sends reports as UTF-8, which has none."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


_COLLECTORS: list[Collector] = []


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """As in the program: with threads about, garbage is collected on the loop alone."""
    collector = Collector()
    collector.start()
    _COLLECTORS.append(collector)
    yield qapp
    _COLLECTORS.clear()
    collector.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """A dialog that a test leaves open would take the keys of all that follow in this process.

    Windows go with the last test of their file. Their slots hold the whole program behind them, so no collector finds
    them; dozens would pile up, and each change of look would reach into all of them.
    """
    yield
    for collector in _COLLECTORS:
        collector.look()  # a test may never have come to the loop
    if _COLLECTORS:
        for widget in QApplication.topLevelWidgets():
            widget.hide()
        if nextitem is None or nextitem.path != item.path:
            for widget in QApplication.topLevelWidgets():
                if not sip.isdeleted(widget):
                    widget.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session", autouse=True)
def _own_home() -> Iterator[None]:
    """Profiles, settings and sockets of the tests lie in a folder of their own."""
    with (
        tempfile.TemporaryDirectory(prefix="yichuang-tests-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
            place = Path(folder, name.lower())
            place.mkdir(mode=0o700)
            patch.setenv(name, str(place))
        yield
