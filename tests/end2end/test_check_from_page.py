"""The face compared with the photograph on a page under the document camera, down to the printed slip; real keys on the
real window, real drivers on emulated cameras, reader and printer."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2 as pdfium
from PyQt6.QtWidgets import QApplication

from app.bootstrap_demo import open_demo
from app.demo.scenario import parse_scenario
from app.domain.case import AuditEvent
from app.presenters.demonstration import play_scenario
from app.presenters.player import Player
from app.services.compare_face import COMPARED
from app.services.verify_identity import VERIFIED

LESSON = """
name: check-from-page
title: 按资料页照片核验
world: {person: mary-brown, licence: real-estate, page: passport-page, gateway: up, devices: every}
steps:
  - {id: start, title: 开窗, until: [devices_ready, online]}
  - {id: card, title: 读证, do: [{key: F2}], until: person_shown}
  - id: choose
    title: 选事项
    do: [{key: F3}, {choose: {words: 外国人临时住宿登记, answers: [1]}}]
    until: form_open
  - id: page
    title: 拍资料页
    do: [{key: F6}, {wait: page_seen}, {key: F6}]
    until: material passport_document captured
  - {id: face, title: 看人, do: [{key: Ctrl+F3}, {wait: shows face_caption 材料上的照片}, {click: face_yes}]}
  - {id: check, title: 核验, do: [{key: Shift+F7}, {wait: dialog identity}, {key: Return}], until: verified}
  - id: slip
    title: 出反馈单
    do: [{key: Alt+P}, {wait: dialog paper}, {key: Return}]
    until: [possible verify_identity, came_out 身份核验反馈单]
ends:
  papers: {身份核验反馈单: 1}
  audit: [identity.verified, paper.issued]
"""


def test_the_photograph_on_a_page_serves_where_no_chip_was_read(tmp_path: Path, qapp: QApplication) -> None:
    events: list[AuditEvent] = []

    class Watched(Player):
        def play(self) -> dict[str, object]:
            summary = super().play()
            events.extend(self._screen.desk.visit.events)
            return summary

    lesson = parse_scenario(LESSON, "check-from-page")
    with open_demo(tmp_path / "profile", lesson, fresh=True, out=tmp_path / "out") as station:
        summary = play_scenario(station, lesson, tmp_path / "out", Watched)
        assert summary["ok"], (summary["steps"], summary["ends"])
        (compared,) = [event for event in events if event.action == COMPARED]
        assert compared.details["same"]
        assert compared.details["document"] == "page", "what the clerk had before them"
        trail = station.store.audit_entries(0, 1000)
        (kept,) = [json.loads(entry.details) for entry in trail if entry.action == VERIFIED]
    assert kept["conclusion"] == "passed"
    (slip,) = (tmp_path / "out").rglob("printed/*.pdf")
    with pdfium.PdfDocument(slip.read_bytes()) as document:
        said = "".join(page.get_textpage().get_text_range() for page in document)
    assert "身份核验反馈单" in said
