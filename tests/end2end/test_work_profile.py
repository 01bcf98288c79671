"""A working profile, not a demo: half of the key and the device's token in a real OS keyring, the other half a PIN, a
gateway that enrolled us."""

from __future__ import annotations

import json
from pathlib import Path

from keyring_session import in_session

SCRIPT = """
import datetime as dt
import json, sys
from dataclasses import replace
from pathlib import Path
import keyring
from app.bootstrap import open_workstation
from app.catalog.load import load_catalog
from app.demo.world import DemoWorld
from app.domain.clock import SystemClock
from app.gateway.server import GatewayServer
from app.services.visit import new_visit
from app.settings import EXAMPLE

folder = Path(sys.argv[1]).resolve()
folder.mkdir()
world = DemoWorld(folder.parent / "world", SystemClock())
with GatewayServer(db_url=f"sqlite:///{folder.parent}/gateway.db", files_folder=folder.parent / "files") as gateway:
    keyring.set_password("yichuang", "gateway:W03-01", gateway.enrol("W03-01"))
    text = EXAMPLE.replace("https://gateway.example/", gateway.url)
    (folder / "settings.toml").write_text(text + f'\\n[paths]\\ntrust = "{world.trust_folder}"\\n', "utf-8")
    first = lambda door: door.register_first("0231", "李敏", "280714", "280714")
    with open_workstation(str(folder), first) as station:
        actions = station.services
        item = next(iter(station.catalog.items.values()))
        visit = new_visit(station.clock.now())
        visit = actions.identify.apply(visit, world.person("zhang-wei").card, "test:")
        code = world.licence_text("real-estate")
        visit = actions.scan.apply(visit, code, actions.scan.read(code))
        visit = actions.choose.add(visit, "open-a-barber-shop")
        opening = f"{dt.date.today() + dt.timedelta(days=30):%Y%m%d}"
        typed = {"applicant.phone": "13857200011", "business.name": "理发店", "business.capital": "5",
                 "business.employees": "3", "business.opening_date": opening, "hygiene.seats": "6",
                 "signboard.text": "理发", "signboard.area": "4.5"}
        for key, value in typed.items():
            visit = actions.fill.type(visit, key, value)
        import cv2
        page = actions.capture.take(cv2.imread(str(world.page_picture("floor-plan"))))
        visit = actions.capture.keep(visit, "floor_plan", page)
        visit = actions.capture.tolerate(visit, "hygiene_test_report")
        visit = actions.capture.promise(visit, "signboard_picture")
        accepted = actions.accept.accept(visit)
        report = station.sync.run_once()
        numbers = [station.store.case(case.case_id).case_no for case in accepted.cases]
        print(json.dumps({"demo": station.demo, "online": report.online, "waiting": report.waiting,
                          "numbers": numbers, "paper_demo": accepted.notice.paper.demo}))
"""


COMMANDS = """
import contextlib, io, json, os, sys
from pathlib import Path
import keyring
from app.cli import main
from app.gateway.server import GatewayServer
from app.settings import EXAMPLE

folder = Path(sys.argv[1]).resolve()
folder.mkdir()
pin = folder.parent / "pin"
pin.touch(0o600)

def said(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--profile", str(folder), *arguments])
    return [code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()]

def as_clerk(number, text):
    os.environ.update(YICHUANG_CLERK=number, YICHUANG_PIN_FILE=str(pin))
    pin.write_text(text)

with GatewayServer(db_url=f"sqlite:///{folder.parent}/gateway.db", files_folder=folder.parent / "files") as gateway:
    keyring.set_password("yichuang", "gateway:W03-01", gateway.enrol("W03-01"))
    (folder / "settings.toml").write_text(EXAMPLE.replace("https://gateway.example/", gateway.url), "utf-8")
    told = {"new": said("sync", "--once")}
    # The profile as it was before there were slots: the root in the keyring, the clerk's hash in the store.
    import base64
    from app.domain.clock import SystemClock
    from app.services.clerks import Clerks
    from app.services.duty import Duty
    from offline_db.keys import SystemKeyring
    from offline_db.profile import Profile
    from offline_db.store import Store
    with Profile(folder, "work") as profile:
        ring = SystemKeyring()
        ring.write(profile.id, bytes(range(32)))
        class Plain:
            kind = profile.kind
            def root(self, *, create): return ring.read(profile.id)
        with Store.open(profile, Plain(), SystemClock()) as store:
            Clerks(store, SystemClock(), Duty(), "W03").register_first("0231", "李敏", "280714", "280714")
        name = profile.id
    told["plain"] = said("sync", "--once")
    from app.bootstrap import open_workstation
    with open_workstation(str(folder)) as station:
        station.services.clerks.sign_in("0231", "280714")
    told["plain root left"] = ring.read(name) is not None
    told["nobody"] = said("audit", "verify")
    as_clerk("0231", "280715")
    told["wrong"] = said("sync", "--once")
    as_clerk("0231", "280714")
    told["sync"] = said("sync", "--once")
    told["audit"] = said("audit", "verify")
    told["clerks"] = said("clerks")
    print(json.dumps(told))
"""


def test_commands_ask_for_the_pin_once_the_profile_was_converted(tmp_path: Path) -> None:
    done = in_session(tmp_path, COMMANDS, timeout=120)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["new"][0] == 2
    assert "还没有登记窗口人员" in told["new"][2]
    assert told["plain"][0] == 0, "as before, until somebody signed in"
    assert not told["plain root left"]
    assert told["nobody"][0] == 2
    assert "YICHUANG_PIN_FILE" in told["nobody"][2]
    assert told["wrong"][0] == 2
    assert "口令不对" in told["wrong"][2]
    # The certificate of the window's paper key, which the first contact asked for, comes back with the second.
    assert told["sync"][:2] == [0, [{"pushed": 0, "pulled": 1, "waiting": 0, "refused": 0}]]
    assert told["audit"][0] == 0
    assert all(entry["ok"] for entry in told["audit"][1])
    assert told["clerks"][1] == [{"number": "0231", "name": "李敏", "manager": True}]


def test_the_main_job_with_the_key_in_the_os_keyring(tmp_path: Path) -> None:
    done = in_session(tmp_path, SCRIPT, timeout=120)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["online"]
    assert said["waiting"] == 0
    assert all(said["numbers"])
    assert not said["demo"]
    assert not said["paper_demo"]
    profile = tmp_path / "profile"
    assert not (profile / "demo.key").exists()
    assert (profile / "keys.json").exists()
    assert "work" in (profile / "profile.json").read_text("utf-8")


def test_a_device_that_nobody_enrolled_is_told_what_to_do(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from app.cli import main
from app.settings import EXAMPLE
folder = Path(sys.argv[1])
folder.mkdir()
(folder / "settings.toml").write_text(EXAMPLE, "utf-8")
sys.exit(main(["--profile", str(folder), "sync", "--once"]))
"""
    done = in_session(tmp_path, script)
    assert done.returncode == 2
    assert "keyring set yichuang gateway:W03-01" in done.stderr
