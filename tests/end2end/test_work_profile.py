"""A working profile, not a demo: the key and the device's token in a real OS keyring, a gateway that enrolled us."""

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
    with open_workstation(str(folder)) as station:
        actions = station.services
        actions.clerks.register_first("0231", "李敏", "280714", "280714")
        actions.clerks.sign_in("0231", "280714")
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
