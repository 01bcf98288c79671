"""The 寄递单 and what a parcel says on the 送达回证."""

from __future__ import annotations

from app.domain.clock import shanghai
from app.domain.express import Parcel, ParcelState
from app.domain.paper_express import ExpressSlip
from app.domain.paper_sheets import Manner
from app.services.express import Express
from app.services.paper_asks import Answers
from app.services.paper_forms import Scene
from app.services.paper_subject import Subject


def express_blocked(express: Express | None, subject: Subject) -> str:
    """Why no slip can be made now; "" when one can."""
    if express is None or not express.joined:
        return "没有接入寄递服务"
    return "" if subject.accepted else "受理以后才能寄递"


def express_offer(express: Express | None, subject: Subject, scene: Scene) -> dict[str, str]:
    """To whom: as the form says where it asks how the result is fetched, else the applicant; or as it was ordered."""
    known = _of(express, subject)
    if known is not None and known.state.open:
        return {"recipient": known.recipient, "phone": known.phone, "address": known.address,
                "contents": known.contents}  # fmt: skip

    def said(element: str) -> str:
        keys = (f"delivery.{element}", f"applicant.{element}")
        return next((case.form[key] for key in keys for case in subject.cases if case.form.get(key)), "")

    items = (scene.catalog.items.get(case.item_code) for case in subject.cases)
    results = dict.fromkeys(item.result for item in items if item is not None and item.result)
    return {
        "recipient": said("name") or subject.cases[0].applicant_name,
        "phone": said("phone"),
        "address": said("address"),
        "contents": "、".join(results),
    }


def express_slip(express: Express, subject: Subject, scene: Scene, answers: Answers) -> ExpressSlip:
    """Order the parcel, or call it off, and say so. Errors as app.services.express.Express."""
    if answers["deed"] == "cancel":
        parcel = express.cancel(subject.cases[0].case_id)
    else:
        parcel = express.order(
            subject.cases, answers["recipient"], answers["phone"], answers["address"], answers["contents"]
        )
    return ExpressSlip(
        parcel.recipient,
        parcel.phone,
        parcel.address,
        scene.window.hall,
        parcel.contents,
        parcel.state,
        parcel.carrier,
        parcel.mail_no,
        tuple((step.at, step.words) for step in parcel.steps),
    )


def served_by_post(express: Express | None, subject: Subject) -> dict[str, str]:
    """What the carrier's proof answers of the 送达回证; nothing where no parcel was sent."""
    parcel = _of(express, subject)
    if parcel is None or not parcel.mail_no or parcel.state is ParcelState.CANCELLED:
        return {}
    at = parcel.delivered_at
    words = f"{parcel.carrier} 邮件号 {parcel.mail_no}"
    if at is not None:
        words += f"，{shanghai(at):%Y-%m-%d %H:%M} 妥投，{parcel.signer or '收件人'}签收"
    return {
        "manner": Manner.POST.value,
        "recipient": parcel.recipient,
        "place": parcel.address,
        "servers": parcel.carrier,
        "served_on": shanghai(at).date().isoformat() if at is not None else "",
        "note": words,
    }


def _of(express: Express | None, subject: Subject) -> Parcel | None:
    if express is None or not subject.accepted:
        return None
    return next((one for case in subject.cases if (one := express.of_case(case.case_id)) is not None), None)
