"""What this machine still has of a case, in the clerk's words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clock import shanghai
from app.domain.material import FileState, Material
from app.services.my_cases import Kept, PaperLine
from widgets.views import Tone

translate = QCoreApplication.translate

_FILES = {
    FileState.CAPTURED: QT_TRANSLATE_NOOP("Words", "已采集"),
    FileState.SEALED: QT_TRANSLATE_NOOP("Words", "已存本机"),
    FileState.DECLARED: QT_TRANSLATE_NOOP("Words", "待上传"),
    FileState.UPLOADING: QT_TRANSLATE_NOOP("Words", "正在上传"),
    FileState.STORED: QT_TRANSLATE_NOOP("Words", "平台已保存"),
    FileState.PURGED: QT_TRANSLATE_NOOP("Words", "本机已清除"),
    FileState.REFUSED: QT_TRANSLATE_NOOP("Words", "平台未收，需处理"),
}


def material_note(reason: str, material: Material, kept: Kept) -> str:
    """What is to be said of a material beside its state: why, where its pages are, by when it is owed."""
    parts = [reason] if reason else []
    if material.pages:
        parts.extend(_file_words(material, kept))
    if material.due:
        parts.append(translate("Words", "{0} 前补交").format(f"{material.due:%Y-%m-%d}"))
    return "；".join(parts)


def _file_words(material: Material, kept: Kept) -> Iterator[str]:
    """How many pages, and where their files stand: in a word when all stand alike; else how many the platform has, or
    would not have."""
    files, total = kept.keeping.files, len(material.pages)
    states = Counter(files.get((material.use.id, page.sha256), FileState.SEALED) for page in material.pages)
    if len(states) == 1:
        yield translate("Words", "{0} 页").format(total)
        yield translate("Words", _FILES[next(iter(states))])
    else:
        told = FileState.REFUSED if FileState.REFUSED in states else FileState.STORED
        count = states[told] + (states[FileState.PURGED] if told is FileState.STORED else 0)
        yield translate("Words", "{0} {1}/{2} 页").format(translate("Words", _FILES[told]), count, total)


def kept_words(kept: Kept) -> tuple[str, Tone]:
    """What this machine still has of a case, and until when."""
    keeping = kept.keeping

    def day(at: dt.datetime | None) -> str:
        return f"{shanghai(at):%Y-%m-%d}" if at is not None else ""

    if keeping.lost_at is not None:
        words = translate(
            "Words",
            "平台恢复数据后缺少这个办件（或它的材料），本机也已清除，不能补传。请把受理流水号报给平台运维人员，必要时请申请人重新提交材料。",
        )
        return words, Tone.ERROR
    if keeping.contents_at is not None:
        words = translate("Words", "已移交平台保存，本机于 {0} 清除。要看内容，请到平台按办件编码查询。")
        return words.format(day(keeping.contents_at)), Tone.INFO
    if keeping.files_at is not None:
        words = translate("Words", "材料影像已移交平台保存，本机于 {0} 清除；办件内容在本机保留到 {1}。")
        return words.format(day(keeping.files_at), kept.contents_until or ""), Tone.INFO
    if kept.files_until is not None:
        words = translate("Words", "平台已备份保存。材料影像在本机保留到 {0}，办件内容保留到 {1}。")
        return words.format(kept.files_until, kept.contents_until), Tone.NEUTRAL
    return "", Tone.NEUTRAL


def prints_words(paper: PaperLine) -> str:
    """How often a paper was printed, or that it is not here any more."""
    if paper.gone:
        return translate("Words", "本机已清除")
    return translate("Words", "重印过 {0} 次").format(paper.prints - 1) if paper.prints > 1 else ""
