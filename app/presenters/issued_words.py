"""Issued e-licences in the clerk's words, and in the holder's."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import shanghai
from app.domain.issuing import IssuedState
from app.domain.item import Catalog
from app.domain.person import mask, mask_name
from app.services.issued import Issued, ShownLicence
from widgets.i18n import core_words, pick
from widgets.views_issued import CodeOnScreen, IssuedView

translate = QCoreApplication.translate
Symbol = tuple[tuple[bool, ...], ...]
"""Modules of a QR symbol."""


def issued_facts(issued: Issued | None) -> tuple[tuple[str, str], ...]:
    """The line of a case about its licence; none while none was heard of."""
    if issued is None:
        return ()
    return ((translate("Issued", "证照"), _standing(issued)),)


def _standing(issued: Issued) -> str:
    title = core_words(issued.told.title)
    if issued.told.state is not IssuedState.ISSUED:
        return translate("Issued", "{0}已注销：签发它的决定已撤回").format(title)
    if issued.licence is not None:
        return translate("Issued", "{0}已签发").format(title)
    if issued.why:
        return translate("Issued", "{0}不能交付：{1}").format(title, core_words(issued.why))
    return translate("Issued", "{0}已签发，还没有送到本窗口").format(title)


def issued_view(shown: ShownLicence, catalog: Catalog, modules: Symbol, on_screen: bool) -> IssuedView:
    """A licence for the clerk: what it says, personal values masked."""
    licence, reading = shown.licence, shown.reading
    rows = [(translate("Issued", "签发机关"), core_words(reading.issuer or ""))]
    item = catalog.items.get(shown.item_code)
    plan = item.issues if item is not None else None
    for key, value in reading.claims.items():
        if plan is not None and (key == plan.valid_to or key in plan.states):
            continue  # said below; the same of every one
        element = catalog.elements.get(key.partition(".")[2])
        caption = pick(element.title, element.title_en) if element is not None else key
        if plan is not None and key == plan.number.element:
            caption = translate("Issued", "证照编号")
        personal = element is None or element.personal
        rows.append((caption, _masked(str(value)) if personal else str(value)))
    rows += [
        (translate("Issued", "有效期至"), f"{shanghai(licence.expires):%Y-%m-%d}"),
        (translate("Issued", "办件"), shown.case_number),
        (translate("Issued", "本机核验"), core_words(reading.reason)),
    ]
    return IssuedView(core_words(licence.title), _who(shown), tuple(rows), modules, on_screen)


def code_on_screen(shown: ShownLicence, modules: Symbol) -> CodeOnScreen:
    """The same for its holder, in a hall where others look on."""
    words = translate("Issued", "请用手机拍下或扫描，存入卡包。\n有效期至 {0}。办事时出示，窗口验签。")
    until = f"{shanghai(shown.licence.expires):%Y-%m-%d}"
    return CodeOnScreen(core_words(shown.licence.title), _who(shown), words.format(until), modules)


def _who(shown: ShownLicence) -> str:
    holder = shown.reading.holder
    return f"{mask_name(holder['name'])}　{mask(holder.get('id_number') or holder.get('uscc', ''))}"


def _masked(value: str) -> str:
    return mask(value) if any(char.isdigit() for char in value) and len(value) <= 24 else value[:6] + "…"
