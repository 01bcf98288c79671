"""The synthetic world of demo mode: issuers, a trust folder, licences, pictures and clips, all made on this machine.

Made once and kept in a folder; keys are made afresh for each folder, so that no signing key is ever shipped. Licences
are made at once (they take milliseconds), pictures and clips when first asked for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from cryptography import x509

from app.demo import issuers
from app.demo.clerk_ca import make_clerk_ca
from app.demo.clips import write_clip
from app.demo.codes import CODES, screen_of
from app.demo.pages import OWNERS, PAGES, Subject, photographed
from app.demo.people import Person, load_people
from app.demo.phone import Screen, qr_picture
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.person import mask, mask_name
from app.licences.cose import Algorithm, SigningKey
from app.licences.snapshot import make_snapshot, pin_of
from devices.emulators.imaging.drawn import face

VERSION = 7
"""Raise it when anything here changes what is made; older worlds are then made anew."""
FRESH_FOR = dt.timedelta(days=180)

_MARK = "world.json"
_SNAPSHOT, _PUBLISHER = "trust.cose", "trust-publisher.pem"
_PARTS = ("keys", "trust", "clerk-keys", "licences", "pictures", "clips", "pages")


class DemoWorld:
    """The demo world in `folder`. Making it takes well under a second; a world that is there is used again.

    EnvironmentProblem: the folder cannot be written. Only what this class made is ever removed from the folder.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._people = load_people()
        now = clock.now()
        try:
            made = self._made_at()
            if made is None or not made <= now <= made + FRESH_FOR:
                self._make(now)
                made = now
        except OSError as error:
            raise EnvironmentProblem(
                "演示数据无法生成",
                f"目录 {folder} 不可写（{error.strerror}）",
                "请更换演示目录，或检查磁盘空间和权限。",
            ) from error
        self._made = made

    @property
    def trust_folder(self) -> Path:
        """Certificates and trust.json, as `TrustList.load` reads them."""
        return self.folder / "trust"

    @property
    def trust_snapshot(self) -> bytes:
        """The same list as its publisher signed it. Its version rises whenever the world is made anew."""
        return (self.folder / _SNAPSHOT).read_bytes()

    @property
    def trust_pin(self) -> str:
        """The publisher's public key, as settings.toml holds it."""
        return pin_of(SigningKey.load(self.folder / "keys" / _PUBLISHER)).text

    def issuing_key(self, issuer: issuers.Issuer) -> SigningKey:
        """The private key of an issuer that the trust list names, under its certificate's identifier."""
        certificate = x509.load_pem_x509_certificate((self.trust_folder / f"{issuer.id}.pem").read_bytes())
        return issuers.signing_key(SigningKey.load(self.folder / "keys" / f"{issuer.id}.pem"), certificate)

    @property
    def clerk_keys(self) -> Path:
        """ca.pem, crl.pem, and clerk.pem, the demo clerk's key with its certificates (app.demo.clerk_ca)."""
        return self.folder / "clerk-keys"

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(self._people.values())

    def person(self, person_id: str) -> Person:
        """BadInput when nobody has this id."""
        if person_id not in self._people:
            raise BadInput("没有这个演示人物", person_id, f"可用：{'、'.join(self._people)}")
        return self._people[person_id]

    @property
    def licence_names(self) -> tuple[str, ...]:
        return (*(plan.name for plan in issuers.LICENCES), issuers.EU_NAME)

    def licence_text(self, name: str) -> str:
        """The text of a licence's code, or of another code (app.demo.codes). BadInput: none of the name."""
        if name in CODES:
            return CODES[name].text
        if name not in self.licence_names:
            raise BadInput("没有这个演示证照", name, f"可用：{'、'.join(self.licence_names)}")
        return (self.folder / "licences" / f"{name}.txt").read_text("ascii")

    def licence_picture(self, name: str) -> Path:
        """A PNG of the licence's code alone."""
        text = self.licence_text(name)
        return self._kept("pictures", f"{name}.png", lambda path: _write_png(path, qr_picture(text)))

    def licence_clip(self, name: str) -> Path:
        """A clip of a phone that shows the licence (app/demo/clips.py); made in some seconds at the first call."""
        text = self.licence_text(name)
        seed = (*self.licence_names, *CODES).index(name) + 1
        return self._kept("clips", f"{name}.avi", lambda path: write_clip(path, self._screen(name, text), seed))

    def code_picture(self, text: str) -> Path:
        """A PNG of a code on a small paper held before the camera; one for each text."""
        name = f"held-{hashlib.sha256(text.encode()).hexdigest()[:16]}.png"
        return self._kept("pictures", name, lambda path: _write_png(path, _held(text)))

    @property
    def page_names(self) -> tuple[str, ...]:
        return tuple(PAGES)

    def page_picture(self, name: str) -> Path:
        """A PNG of a paper under the document camera. BadInput when there is no such paper."""
        if name not in PAGES:
            raise BadInput("没有这个演示材料", name, f"可用：{'、'.join(PAGES)}")
        day = shanghai(self._made - dt.timedelta(days=12)).date().isoformat()
        owner = self.person(OWNERS.get(name, "zhang-wei")).card
        subject = Subject(
            business="湖州市吴兴区伟记理发店",
            person=owner.name or "",
            address=(owner.address or "") if name in OWNERS else "湖州市吴兴区衣裳街88号1幢103室",
            area="57.60",
            date=day,
        )
        return self._kept(
            "pages", f"{name}.png", lambda path: _write_png(path, photographed(PAGES[name](subject), len(name)))
        )

    @property
    def portrait(self) -> Path:
        """A PNG of somebody before the portrait camera, who was never born."""
        return self._kept(
            "pictures", "portrait.png", lambda path: _write_png(path, face(0.0, (1280, 960), wall=(246, 246, 246)))
        )

    def _screen(self, name: str, text: str) -> Screen:
        if name in CODES:
            return screen_of(CODES[name], self._people)
        for plan in issuers.LICENCES:
            if plan.name == name:
                card = self.person(plan.holder).card
                return Screen(
                    plan.type.title, mask_name(card.name or ""), mask(card.number or ""), plan.issuer.name, text
                )
        card = self.person("johann-mueller").card
        return Screen(
            "EU Digital Certificate", mask_name(card.name or ""), card.birth or "", issuers.EU_SAMPLE.name, text
        )

    def _kept(self, part: str, name: str, write: Callable[[Path], None]) -> Path:
        """The file, made if it is not there; whole or not at all, even when two programs make it at once."""
        path = self.folder / part / name
        if not path.exists():
            unfinished = path.with_name(f".{os.getpid()}-{name}")
            try:
                write(unfinished)
                os.replace(unfinished, path)
            except OSError as error:
                raise EnvironmentProblem(
                    "演示画面无法生成", f"无法写入 {path}（{error.strerror}）", "请检查磁盘空间和目录权限。"
                ) from error
            finally:
                unfinished.unlink(missing_ok=True)
        return path

    def _made_at(self) -> dt.datetime | None:
        """When the world in the folder was made; None when there is none of this version, or not all of it."""
        try:
            mark = json.loads((self.folder / _MARK).read_text("utf-8"))
            made = parse_iso(mark["made"]) if mark["version"] == VERSION else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        texts = (self.folder / "licences" / f"{name}.txt" for name in self.licence_names)
        return made if all(path.exists() for path in (*texts, self.trust_folder / "trust.json")) else None

    def _make(self, now: dt.datetime) -> None:
        (self.folder / _MARK).unlink(missing_ok=True)
        for part in _PARTS:
            shutil.rmtree(self.folder / part, ignore_errors=True)
            (self.folder / part).mkdir(parents=True)
        keys = {issuer.id: self._make_issuer(issuer, now) for issuer in issuers.ISSUERS}
        self._write_trust_list(now)
        make_clerk_ca(self.clerk_keys, now)
        publisher = SigningKey.generate(Algorithm.EDDSA)
        publisher.save(self.folder / "keys" / _PUBLISHER)
        snapshot = make_snapshot(self.trust_folder, int(now.timestamp()), publisher)
        (self.folder / _SNAPSHOT).write_bytes(snapshot)
        for plan in issuers.LICENCES:
            text = issuers.make_licence(plan, keys[plan.issuer.id], self.person(plan.holder), now)
            self._write_licence(plan.name, text)
        eu = issuers.make_eu_certificate(keys[issuers.EU_SAMPLE.id], self.person("johann-mueller"), now)
        self._write_licence(issuers.EU_NAME, eu)
        # Written last: what has this mark is complete.
        (self.folder / _MARK).write_text(json.dumps({"version": VERSION, "made": isoformat(now)}), "utf-8")

    def _make_issuer(self, issuer: issuers.Issuer, now: dt.datetime) -> SigningKey:
        key = SigningKey.generate(issuer.alg)
        certificate: x509.Certificate = issuers.make_certificate(issuer, key, now)
        key.save(self.folder / "keys" / f"{issuer.id}.pem")
        if issuer.trusted:
            (self.trust_folder / f"{issuer.id}.pem").write_bytes(issuers.certificate_pem(certificate))
        return issuers.signing_key(key, certificate)

    def _write_trust_list(self, now: dt.datetime) -> None:
        document = {
            "date": shanghai(now - dt.timedelta(days=1)).date().isoformat(),
            "issuers": [
                {"file": f"{issuer.id}.pem", "name": issuer.name, "types": list(issuer.types)}
                | ({"uscc": issuer.uscc} if issuer.uscc else {})
                | ({"regions": list(issuer.regions)} if issuer.regions else {})
                for issuer in issuers.ISSUERS
                if issuer.trusted
            ],
            "revoked": [issuers.licence_identifier(plan) for plan in issuers.LICENCES if plan.revoked],
        }
        (self.trust_folder / "trust.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")

    def _write_licence(self, name: str, text: str) -> None:
        (self.folder / "licences" / f"{name}.txt").write_text(text, "ascii")


def _held(text: str) -> object:
    """720 lines of a grey room with the paper in its middle."""
    code = qr_picture(text, module=6)
    room = np.full((720, 1280), 120, np.uint8)
    top, left = (room.shape[0] - code.shape[0]) // 2, (room.shape[1] - code.shape[1]) // 2
    room[top : top + code.shape[0], left : left + code.shape[1]] = code
    return cv2.cvtColor(room, cv2.COLOR_GRAY2BGR)


def _write_png(path: Path, picture: object) -> None:
    done, data = cv2.imencode(".png", picture)  # type: ignore[call-overload]
    if not done:
        raise OSError(0, "PNG")
    path.write_bytes(data.tobytes())
