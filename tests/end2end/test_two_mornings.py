"""A new window's first morning and its second, on the real widgets with a real keyring: register, copy the recovery
code, end the program; then one PIN opens the store, signs in and shows the window."""

from __future__ import annotations

import json
from pathlib import Path

from keyring_session import in_session

SCRIPT = """
import json, os, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import keyring
from PyQt6.QtCore import QTimer, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit
from app.bootstrap import open_doorway
from app.presenters.application import run_workstation
from app.settings import EXAMPLE
from widgets.dialogs.recovery import RecoveryDialog
from widgets.dialogs.sign_in import SignInDialog, SignInMode
from widgets.doorway import DoorWindow
from widgets.window import MainWindow

folder = Path(sys.argv[1]).resolve()
folder.mkdir()
settings = EXAMPLE.replace("https://gateway.example/", "http://127.0.0.1:9/").split("[devices]")[0]
(folder / "settings.toml").write_text(settings, "utf-8")
keyring.set_password("yichuang", "gateway:W03-01", "token")
told = {}

def shown(kind):
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)

def fill(dialog, *words):
    lines = sorted((w for w in dialog.findChildren(QLineEdit) if w.isVisible()), key=lambda w: w.y())
    assert len(lines) == len(words), (dialog.mode, len(lines))
    for line, text in zip(lines, words):
        line.setText(text)
    QTest.keyClick(lines[-1], Qt.Key.Key_Return)

def register():
    dialog = shown(SignInDialog)
    if dialog is None or dialog.mode is not SignInMode.FIRST: return False
    told["window before"] = shown(MainWindow) is not None
    told["ground"] = shown(DoorWindow) is not None
    fill(dialog, "0231", "李敏㛃", "280714", "280714")
    return True

def copy():
    dialog = shown(RecoveryDialog)
    if dialog is None: return False
    told["code"] = "-".join(label.text() for label in dialog.findChildren(QLabel, "recovery_group"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    dialog.line.setText(told["code"].lower())
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    return True

def kept():
    window = shown(MainWindow)
    if shown(RecoveryDialog) is not None or window is None: return False
    told["notice"] = [label.text() for label in window.notice.findChildren(QLabel)]
    told["ground gone"] = shown(DoorWindow) is None
    window.close()
    return True

def sign_in():
    dialog = shown(SignInDialog)
    if dialog is None or dialog.mode is not SignInMode.SIGN_IN: return False
    if dialog.said() == "正在核对…": return False
    if "wrong" not in told:
        told["wrong"] = ""
        fill(dialog, "280715")
        return False
    if not dialog.said(): return False
    told["wrong"] = dialog.said()
    fill(dialog, "280714")
    return True

def on_duty():
    window = shown(MainWindow)
    if window is None or shown(SignInDialog) is not None: return False
    told["header"] = [label.text() for label in window.header.findChildren(QLabel)]
    told["reminded"] = shown(RecoveryDialog) is not None
    if folder.with_name("second.png").exists(): return False
    window.grab().save(str(folder.with_name("second.png")))
    window.close()
    return True

def morning(*steps):
    left = list(steps)
    def look():
        if left and left[0]():
            left.pop(0)
    timer = QTimer()
    def begin():
        timer.timeout.connect(look)
        timer.start(50)
    QTimer.singleShot(0, begin)
    with open_doorway(str(folder)) as way:
        code = run_workstation(way)
    timer.stop()
    return [code, len(left)]

app = QApplication(sys.argv[:1])
told["first"] = morning(register, copy, kept)
told["second"] = morning(sign_in, on_duty)
told["files"] = sorted(path.name for path in folder.glob("key*.json"))
print(json.dumps(told))
"""


def test_registered_on_the_first_morning_and_one_pin_on_the_second(tmp_path: Path) -> None:
    done = in_session(tmp_path, SCRIPT, timeout=110)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["first"] == told["second"] == [0, 0]
    assert told["ground"]
    assert not told["window before"], "nothing of the window before somebody is known"
    assert len(told["code"]) == 41
    assert "恢复码已保存" in told["notice"]
    assert told["ground gone"]
    assert "口令不对" in told["wrong"]
    assert "窗口人员：李敏㛃" in told["header"]
    assert not told["reminded"], "there is a code"
    assert told["files"] == ["key-tries.json", "keys-copy.json", "keys.json"]
