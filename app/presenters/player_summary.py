"""What a play leaves behind: summary.json, the papers, and what the window looked like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt6.QtGui import QColor, QPainter, QPixmap
from PyQt6.QtWidgets import QApplication

from app.domain.person import mask
from app.presenters.screen import Screen
from app.workers.watchdog import LONG_MILLISECONDS, Watchdog
from widgets.suggest_list import SuggestList


def window_picture(screen: Screen) -> QPixmap:
    """The window as the clerk sees it, an open dialog in its place over it; beside it the citizen's screen."""
    window = screen.window
    picture = window.grab()
    for hanging in window.findChildren(SuggestList):
        if hanging.isVisible():
            painter = QPainter(picture)
            painter.drawPixmap(window.mapFromGlobal(hanging.pos()), hanging.grab())
            painter.end()
    dialog = QApplication.activeModalWidget()
    if screen.customer is not None:
        picture = _beside(picture, screen.customer.screen.grab())
    if dialog is not None:
        painter = QPainter(picture)
        painter.fillRect(window.rect(), QColor(16, 24, 32, 70))
        # Centred, as window managers place dialogs; without one they lie where they fell.
        centred = dialog.rect()
        centred.moveCenter(window.rect().center())
        painter.drawPixmap(centred.topLeft(), dialog.grab())
        painter.end()
    return picture


def _beside(left: QPixmap, right: QPixmap) -> QPixmap:
    both = QPixmap(left.width() + right.width(), max(left.height(), right.height()))
    both.fill(QColor(60, 60, 60))
    painter = QPainter(both)
    painter.drawPixmap(0, 0, left)
    painter.drawPixmap(left.width(), 0, right)
    painter.end()
    return both


def field_counts(screen: Screen) -> dict[str, int]:
    """How many fields separate forms would have asked, the combined one asks, the clerk typed."""
    form = screen.desk.visit.form
    asked = len(form.asked())
    typed = sum(1 for entry in filled_fields(screen) if entry["source"] == "clerk")
    return {"asked_separately": form.definition.asked_separately, "asked": asked, "typed": typed}


def filled_fields(screen: Screen) -> list[dict[str, str]]:
    """Each field, its value masked where it is personal, and where it came from."""
    form = screen.desk.visit.form
    rows = []
    for field in form.asked().values():
        fact = form.state(field.key).fact
        if fact is not None:
            value = mask(fact.value) if field.element.personal else fact.value
            rows.append(
                {
                    "field": field.key,
                    "title": field.title,
                    "value": value,
                    "source": str(fact.source.kind),
                    "source_label": fact.source.label,
                    "verdict": str(fact.verdict),
                }
            )
    return rows


def stored_cases(screen: Screen) -> list[dict[str, Any]]:
    """The last acceptance's cases as the store has them."""
    acceptance = screen.accept.last
    if acceptance is None:
        return []
    stored = [screen.station.store.case(case.case_id) for case in acceptance.cases]
    return [
        {
            "item": case.item_name,
            "department": case.department,
            "provisional_no": case.provisional_no,
            "case_no": case.case_no,
            "state": str(case.state),
        }
        for case in stored
        if case is not None
    ]


def pauses(watchdog: Watchdog) -> dict[str, Any]:
    """The event loop's pauses of over 50 ms, and in which step each fell."""
    return {
        "over_ms": LONG_MILLISECONDS,
        "pauses": [
            {
                "step": pause.mark,
                "ms": pause.milliseconds,
                "cpu_ms": pause.cpu_milliseconds,
                "where": pause.where,
                "stack": pause.stack,
            }
            for pause in watchdog.pauses
        ],
    }


def outbox_counts(screen: Screen) -> dict[str, int]:
    counts = screen.station.store.counts()
    return {"waiting": counts.waiting, "parked": counts.parked}


def write_papers(screen: Screen, out: Path) -> list[str]:
    """The notice as it was made, and what the emulated printers put out, copied into documents/."""
    documents = out / "documents"
    documents.mkdir(exist_ok=True)
    for old in documents.iterdir():
        old.unlink()
    acceptance = screen.accept.last
    if acceptance is not None:
        notice = acceptance.notice
        (documents / f"{notice.paper.kind}-{notice.paper.number}.pdf").write_bytes(notice.pdf)
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.suffix in (".pdf",))
