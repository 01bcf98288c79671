"""What is said of a box that needs a look."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication

from app.domain.official import BoxFinding, Trouble
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_official import OfficialNote


def note_of(finding: BoxFinding, has_field: Callable[[str], bool]) -> OfficialNote:
    """A finding in words, with the field it leads to. has_field: is it in the form now?"""
    key = next((key for key in finding.keys if has_field(key)), "")
    tone = Tone.WARNING if finding.trouble.blocks else Tone.INFO
    return OfficialNote(_words(finding), tone, key, finding.page, finding.box)


def _words(finding: BoxFinding) -> str:
    translate, label = QCoreApplication.translate, core_words(finding.label)
    rows = finding.detail == "rows"
    match finding.trouble:
        case Trouble.TOO_LONG if rows:
            words = translate("OfficialWords", "“{0}”放不下：共 {1} 行，表上只有 {2} 行，其余要另附")
            return words.format(label, finding.chars, finding.room)
        case Trouble.TOO_LONG:
            words = translate("OfficialWords", "“{0}”栏目放不下：共 {1} 个字，最多 {2} 个字，未填")
            return words.format(label, finding.chars, finding.room)
        case Trouble.CONTINUED if rows:
            words = translate("OfficialWords", "“{0}”共 {1} 行，第 {2} 行起在附页")
            return words.format(label, finding.chars, finding.room + 1)
        case Trouble.CONTINUED:
            return translate("OfficialWords", "“{0}”共 {1} 个字，全文在附页").format(label, finding.chars)
        case Trouble.EMPTY:
            return translate("OfficialWords", "“{0}”是必填栏，还没有内容").format(label)
        case Trouble.UNMAPPED:
            return translate("OfficialWords", "必填栏“{0}”没有对应的内容，打印后手写").format(label)
        case Trouble.UNDRAWABLE:
            words = translate("OfficialWords", "“{0}”里的字“{1}”不在字库中，未填，打印后手写")
            return words.format(label, finding.detail)
        case Trouble.NO_OPTION:
            words = translate("OfficialWords", "“{0}”没有“{1}”这个选项，未填，打印后手写")
            return words.format(label, core_words(finding.detail))
