"""The applicant confirms the combined form on the citizen's screen and signs it there."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.documents.signature_picture import drawn
from app.domain.clock import Clock, isoformat
from app.domain.errors import Refused
from app.domain.ink import document, from_document
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.signature import SIGNATURE_MATERIAL, Confirmation, Lack, Point, Signature
from app.services.duty import Duty
from app.services.finger_mark import check_finger, finger_mark, picture_of_finger
from app.services.signed_answers import ANSWERS, answer_digests
from app.services.visit import Visit
from devices.kinds.biometric import Fingerprint
from offline_db.vault import Vault

ON_PAPER = "已在纸质表单上签字"
"""The one reason that is good enough where the law wants a signature."""
REASONS = (ON_PAPER, "申请人不便签字，已当面核对", "代办人办理，已核对授权")
"""Why nobody signed on the screen, as the clerk may choose; any other in the clerk's own words."""
LACKS = {
    Lack.EMPTY: "签字板上没有笔迹。",
    Lack.TOO_FEW_POINTS: "签字板上只有几个点，不是签名。",
    Lack.TOO_SHORT: "签字板上的笔迹太短，不是完整的签名。",
}
"""Why what is on a pad is no signature, in words for the clerk."""
_STROKES, _FORM = "yichuang-strokes", "yichuang-form-sha256"
_MEDIA_TYPE = "image/png"


class ConfirmForm:
    """Makes the confirmation of a visit's form. `signed` seals a file: not for the event loop."""

    def __init__(self, vault: Vault, clock: Clock, duty: Duty) -> None:
        self._vault = vault
        self._clock = clock
        self._duty = duty

    def signed(self, visit: Visit, signature: Signature) -> Confirmation:
        """The confirmation with the signature's picture sealed in the vault.

        Strokes with time and pressure and the form's digest lie inside the picture (PNG iTXt), so that one file and
        one hash hold all of it. Refused: there is no signature yet. EnvironmentProblem: the disk refuses.
        """
        if (lack := signature.lack) is not None:
            raise Refused("还没有签字", LACKS[lack], "请申请人重新签字。")
        at, digest = self._clock.now(), form_digest(visit)
        data, width, height = picture_of(signature, digest, isoformat(at), answer_digests(visit))
        sealed = self._vault.seal(data, _MEDIA_TYPE)
        page = Page(sealed.sha256, _MEDIA_TYPE, len(data), width, height)
        return Confirmation(visit.codes, visit.form.values(), at, digest, signature, page, promises=visit.promised)

    def pressed(self, visit: Visit, finger: Fingerprint) -> Confirmation:
        """The same by the finger of somebody who cannot sign. Template and form's digest lie in one sealed file.

        Refused: the print is too poor to be told from others. EnvironmentProblem: the disk refuses.
        """
        check_finger(finger)
        at, digest = self._clock.now(), form_digest(visit)
        data, width, height = picture_of_finger(finger, digest, isoformat(at), answer_digests(visit))
        sealed = self._vault.seal(data, _MEDIA_TYPE)
        page = Page(sealed.sha256, _MEDIA_TYPE, len(data), width, height)
        mark = finger_mark(finger)
        values = visit.form.values()
        return Confirmation(visit.codes, values, at, digest, page=page, promises=visit.promised, finger=mark)

    def take(self, visit: Visit, given: Confirmation) -> Visit:
        """The visit with what was confirmed, and a line in its trail. Refused when the form was changed meanwhile."""
        if not given.covers(visit.codes, visit.form.values(), visit.promised):
            raise Refused("签字后表单有改动", "申请人签的不是现在这份表单。", "请申请人重新核对并签字。")
        how = {} if given.finger is None else {"by": "fingerprint", "quality": given.finger.quality}
        visit = visit.with_event(
            given.at,
            self._duty.clerk,
            "form.signed",
            visit.visit_id,
            form_sha256=given.form_sha256,
            signature_sha256=given.page.sha256 if given.page else "",
            **how,
        )
        return replace(visit, confirmation=given)

    def skip(self, visit: Visit, reason: str) -> Visit:
        """Go on without a signature on the screen. Refused: no reason, or one is required and it is not on paper."""
        reason = " ".join(reason.split())
        if not reason:
            raise Refused("没有写明原因", "不签字受理要有原因。", "选一个原因，或写明情况。")
        if signature_required(visit) and reason != ON_PAPER:
            raise Refused(
                "必须签字", "容缺受理和告知承诺要由申请人签字承诺。", "请申请人在屏上签字，或在纸质承诺书上签字。"
            )
        at = self._clock.now()
        values, digest = visit.form.values(), form_digest(visit)
        given = Confirmation(visit.codes, values, at, digest, skipped=reason, promises=visit.promised)
        visit = visit.with_event(
            at, self._duty.clerk, "form.unsigned", visit.visit_id, form_sha256=given.form_sha256, reason=reason
        )
        return replace(visit, confirmation=given)


def signature_required(visit: Visit) -> bool:
    """Does something in the visit stand on the applicant's own word 承诺, which binds by signature only?"""
    return bool(visit.promised)


def form_digest(visit: Visit) -> str:
    """SHA-256, hex, of what the applicant was shown: the business and every answer."""
    shown = {"codes": list(visit.codes), "values": dict(sorted(visit.form.values().items()))}
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def signature_material(given: Confirmation, item_code: str) -> Material:
    """The signature as one of the case's materials. ValueError when there is no picture."""
    if given.page is None:
        raise ValueError("nobody signed")
    names = ("申请人确认签字", "Applicant's signature")
    if given.finger is not None:
        names = ("申请人按指纹确认", "Applicant's fingerprint in place of a signature")
    use = MaterialUse(SIGNATURE_MATERIAL, *names, original=True, kind="电子件")
    return Material(use, (item_code,), MaterialStatus.CAPTURED, pages=(given.page,))


def picture_of(
    signature: Signature, form_sha256: str, at: str, answers: Mapping[str, str] | None = None
) -> tuple[bytes, int, int]:
    """PNG, width, height. The line is as wide as the pen was pressed. answers: of `answer_digests`."""
    picture = drawn(signature)
    info = PngInfo()
    info.add_itxt(_STROKES, json.dumps({**document(signature), "at": at}, separators=(",", ":")), zip=True)
    info.add_itxt(_FORM, form_sha256)
    if answers:
        info.add_itxt(ANSWERS, json.dumps(dict(answers), separators=(",", ":")), zip=True)
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=info, optimize=True)
    return out.getvalue(), picture.width, picture.height


def read_picture(data: bytes) -> tuple[Signature, str]:
    """The signature in such a picture, and the digest of the form it was given for. ValueError for another file."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
            texts: dict[str, Any] = dict(getattr(picture, "text", {}))
        given = json.loads(texts[_STROKES])
        return from_document(given) if "format" in given else _first_version(given), str(texts[_FORM])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a signature's picture") from error


def _first_version(given: dict[str, Any]) -> Signature:
    """What pictures of the first version hold; they lie sealed in stores."""
    strokes = tuple(tuple(Point(x, y, p, int(ms)) for x, y, p, ms in stroke) for stroke in given["strokes"])
    width, height = given["size"]
    return Signature(strokes, int(width), int(height))
