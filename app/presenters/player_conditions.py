"""What the conditions of a lesson mean on the screen (app.demo.conditions).

They look at what the clerk sees and at what the presenters hold, never at the store: a coach asks them on the event
loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableWidget, QWidget

from app.demo.came_out import newest_says
from app.demo.conditions import condition_problem
from app.domain.fact import Verdict
from app.identity.verification import Conclusion
from app.licences.facts import Match
from app.presenters.screen import Screen
from app.services.heed_lists import listed_of
from app.services.regions import handover_of
from app.services.visit import Visit
from devices.emulators.emulated import EmulatedDevice
from devices.outcome import Reply
from widgets.views import QueryStage, Tone


class Conditions(QObject):
    """Judges one screen. Make it before the work begins: what was printed is told only once."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.printed: dict[str, str] = {}
        self._since = screen.station.clock.now()
        self._ratings: Mapping[int, int] = {}
        self._by_phone = 0
        screen.accept.printed.connect(self._note_print)
        self._handed_in = False
        self._made: set[str] = set()
        screen.papers.made_at_once.connect(self._made.add)
        screen.later.completed.connect(self._note_handed_in)
        if screen.customer is not None:
            screen.status.synced.connect(lambda _: self._look_for_ratings())

    def holds(self, condition: str) -> bool:
        """Is it true now? ValueError when it is none of app.demo.conditions."""
        if wrong := condition_problem(condition):
            raise ValueError(wrong)
        name, *words = condition.split()
        return bool(getattr(self, f"is_{name}")(*words))

    def all_hold(self, conditions: tuple[str, ...]) -> bool:
        """True for none."""
        return all(self.holds(condition) for condition in conditions)

    def _note_print(self, slot: str, reply: Reply[str]) -> None:
        self.printed[slot] = str(reply.outcome)

    def _note_handed_in(self, *_: object) -> None:
        self._handed_in = True

    def _look_for_ratings(self) -> None:
        """After each report: what was rated since, as far as the platform holds it."""

        station, last = self._screen.station, self._screen.accept.last
        since, now, rate = self._since, station.clock.now(), station.services.rate
        server, ids = station.gateway, [case.case_id for case in last.cases] if last else []

        def look() -> tuple[Mapping[int, int], int]:
            # What was said on a phone never passes through the window.
            by_phone = server.gateway.ratings.by_phone(ids) if server is not None else 0
            return rate.counts(since, now), by_phone

        def counted(found: tuple[Mapping[int, int], int]) -> None:
            self._ratings, self._by_phone = found

        self._screen.desk.tasks.run(look, counted)

    @property
    def _visit(self) -> Visit:
        """The visit in hand: the applicant's own while the screen is theirs."""
        turned = self._screen.self_service
        own = turned.presenter.flow.visit if turned.on and turned.presenter is not None else None
        return own or self._screen.desk.visit

    def is_devices_ready(self) -> bool:
        return self._screen.status.all_ready

    def is_device(self, slot: str, state: str) -> bool:
        reply = self._screen.status.lights.get(slot)
        return reply is not None and reply.ok is (state == "ok")

    def is_online(self) -> bool:
        return self._screen.status.online

    def is_offline(self) -> bool:
        return self._screen.status.report is not None and not self._screen.status.online

    def is_person_shown(self) -> bool:
        return self._visit.card is not None

    def is_items_chosen(self) -> bool:
        return bool(self._visit.codes)

    def is_form_open(self) -> bool:
        return self._screen.window.form.isVisible() and bool(self._screen.desk.visit.items)

    def is_passport_read(self) -> bool:
        """A chip that verified."""
        chip = self._visit.chip
        return chip is not None and chip.reading.verdict.trusted

    def is_verified(self) -> bool:
        """A check of identity of this visitor stands on record, and it passed."""
        kept = self._screen.station.services.identity.current
        return kept is not None and kept.made.conclusion is Conclusion.PASSED

    def is_check_failed(self) -> bool:
        """A check of identity of this visitor stands on record, and something spoke against it."""
        kept = self._screen.station.services.identity.current
        return kept is not None and kept.made.conclusion is Conclusion.FAILED

    def is_document_listed(self) -> bool:
        """The document in hand stands in a list of lost or revoked ones, and the clerk was told."""
        return listed_of(self._visit) is not None

    def is_registered(self) -> bool:
        return self._screen.residents.made is not None

    def is_served(self) -> bool:
        """Somebody is served by their personal code, and the platform confirmed it."""
        shown = self._screen.desk.visit.resident
        return shown is not None and shown.confirmed

    def is_licence_read(self) -> bool:
        return bool(self._visit.licences)

    def is_licence_valid(self) -> bool:
        return any(
            entry.reading.verdict is Verdict.SIGNATURE_VALID and entry.match.match is Match.SAME
            for entry in self._visit.licences
        )

    def is_licence_waiting(self) -> bool:
        """A dynamic code was captured, the platform has not answered, and the card says so."""
        return any(entry.pending is not None for entry in self._screen.desk.visit.licences)

    def is_licence_here(self) -> bool:
        """The list of cases stands on one whose e-licence was issued and has come here."""
        detail = self._screen.around.cases.detail
        return detail is not None and detail.issued is not None and detail.issued.licence is not None

    def is_licence_shown(self) -> bool:
        """An issued e-licence is on the screens, to be taken along."""
        return self._screen.issued.shown is not None and self._screen.issued.dialog.isVisible()

    def is_licence_online(self) -> bool:
        return any(
            entry.reading.verdict is Verdict.VERIFIED_ONLINE and entry.match.match is Match.SAME
            for entry in self._screen.desk.visit.licences
        )

    def is_field(self, key: str) -> bool:
        visit = self._visit
        return key in visit.form.asked() and bool(visit.form.state(key).value)

    def is_form_complete(self) -> bool:
        return bool(self._screen.desk.visit.items) and not [
            problem for problem in self._screen.accept.quick_check().problems if not problem.warning
        ]

    def is_page_seen(self) -> bool:
        turned = self._screen.self_service.presenter
        at_desk = self._screen.materials.page_in_view or self._screen.later.page_in_view
        return at_desk or (turned is not None and turned.flow.camera.in_view)

    def is_material(self, material: str, status: str) -> bool:
        return any(m.use.id == material and m.status == status for m in self._visit.checklist.materials)

    def is_materials_settled(self) -> bool:
        return bool(self._screen.desk.visit.items) and not self._screen.accept.quick_check().unsettled

    def is_check_passed(self) -> bool:
        return self._screen.accept.checked

    def is_accepted(self) -> bool:
        return self._screen.accept.accepted

    def is_printed(self) -> bool:
        wanted = [slot for slot in ("receipt_printer", "printer") if not self._screen.devices[slot].absent]
        return bool(wanted) and all(self.printed.get(slot) == "OK" for slot in wanted)

    def is_print_failed(self, slot: str) -> bool:
        return self.printed.get(slot, "OK") != "OK"

    def is_warned(self) -> bool:
        return self._screen.window.notice.property("tone") in (Tone.WARNING, Tone.ERROR) and bool(
            self._screen.window.notice.title()
        )

    def is_dialog(self, name: str) -> bool:
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog.objectName() == name

    def is_shows(self, name: str, words: str) -> bool:
        """A visible widget of this name, in the dialog in front or in the window, says these words somewhere."""
        top = QApplication.activeModalWidget() or self._screen.window
        return any(words in text for part in top.findChildren(QWidget, name) if part.isVisible() for text in said(part))

    def is_came_out(self, words: str) -> bool:
        """The newest sheet of the emulated A4 printer says these words."""
        device = self._screen.devices["printer"].device
        out = getattr(device.emulator, "out", None) if isinstance(device, EmulatedDevice) else None
        return isinstance(out, Path) and newest_says(out, words)

    def is_made(self, kind: str) -> bool:
        """A paper of this kind was made by itself, with an acceptance."""
        return kind in self._made

    def is_possible(self, action: str) -> bool:
        return self._screen.window.is_action_enabled(action)

    def is_data_answered(self) -> bool:
        return self._screen.shared.dialog.stage is QueryStage.DONE

    def is_settled(self, field: str) -> bool:
        """It has a value that nobody disagrees with any more."""
        visit = self._screen.desk.visit
        if field not in visit.form.asked():
            return False
        state = visit.form.state(field)
        return bool(state.value) and not state.rivals

    def is_locked(self) -> bool:
        return self._screen.duty.covered and QApplication.activeModalWidget() is self._screen.duty.dialog

    def is_key_ready(self) -> bool:
        """The screen is locked, and asks for the PIN of the key that is plugged in."""
        view = self._screen.clerk_key.view()
        dialog = self._screen.duty.dialog
        return self._screen.duty.covered and dialog.isVisible() and view is not None and view.ready

    def is_key_signed_in(self) -> bool:
        return self._screen.station.services.clerk_keys.signed_in is not None

    def is_unlocked(self) -> bool:
        return self._screen.duty.on

    def is_parked(self, count: str) -> bool:
        return count.isdecimal() and len(self._screen.drafts.parked) == int(count)

    def is_packs(self, count: str) -> bool:
        """The list of visits is read, and so many of their packs are on this machine."""
        rows = self._screen.outing.dialog.rows
        return bool(rows) and count.isdecimal() and sum(row.held for row in rows) == int(count)

    def is_licences_read(self, count: str) -> bool:
        """So many licences were shown at this visit."""
        return count.isdecimal() and len(self._visit.licences) == int(count)

    def is_table_checked(self) -> bool:
        """Every row of the imported table was looked at."""
        return self._screen.batch.table is not None

    def is_result(self, what: str) -> bool:
        """At the self-service screen an own result can be printed; one was collected by whoever stands there."""
        turned = self._screen.self_service.presenter
        page = turned.screen.collect if turned is not None and turned.on else None
        if page is None or turned is None or turned.screen.page != "collect":
            return False
        return any(line.possible if what == "shown" else line.done for line in page.lines)

    def is_archived(self, what: str) -> bool:
        """An archive package was written; the one that was checked last is ours and unaltered."""
        archive = self._screen.around.archive
        if what == "written":
            return archive.written is not None
        return archive.checked is not None and archive.checked.unaltered

    def is_handed_in(self) -> bool:
        """What was owed has been handed in since the window opened."""
        return self._handed_in

    def is_photo_live(self) -> bool:
        """The person stands in the frame for a photograph."""
        return self._screen.photos.live

    def is_photo_offered(self) -> bool:
        """A photograph of the person, kept here or at the platform, is offered."""
        return self._screen.photos.offered

    def is_matter(self, kind: str, stage: str) -> bool:
        """The list of firms' matters is read, and the last one of this kind that was opened stands at this stage."""
        lines = [line.matter for line in self._screen.matters.lines if line.matter.kind == kind]
        return bool(lines) and max(lines, key=lambda one: one.opened_at).stage == stage

    def is_matters(self, count: str) -> bool:
        """The list of firms' matters is open and read, and so many stand in it."""
        matters = self._screen.matters
        shown = QApplication.activeModalWidget() is matters.dialog and matters.read
        return shown and count.isdecimal() and len(matters.lines) == int(count)

    def is_firm(self, page: str) -> bool:
        """The page of a firm shows this list, filled."""
        firm = self._screen.firm
        shown = QApplication.activeModalWidget() is firm.dialog and firm.profile is not None
        return shown and firm.dialog.page == page

    def is_assessment(self, what: str) -> bool:
        """The assessment shows this page; the platform told the firm's last one; it said what the list says; the
        dialog is closed."""
        assessments = self._screen.assessments
        if what == "closed":
            return not assessments.dialog.isVisible()
        if QApplication.activeModalWidget() is not assessments.dialog:
            return False
        if what == "earlier":
            return assessments.earlier is not None
        return assessments.listed if what == "listed" else assessments.dialog.page == what

    def is_way(self, what: str) -> bool:
        """The map of places marks this place, or has sent a way to the printer since it was opened."""
        places = self._screen.places
        if QApplication.activeModalWidget() is not places.dialog:
            return False
        marked = places.dialog.marked()
        return places.printed if what == "printed" else marked is not None and marked.id == what

    def is_booking(self, what: str) -> bool:
        """The dialog that books the next visit shows what is free; has booked; has printed a slip; is shut."""
        return self._screen.ahead.state(what)

    def is_waiting(self) -> bool:
        """The list of what waits is open, and something does."""
        return self._screen.status.waiting > 0 and QApplication.activeModalWidget() is not None

    def is_assisted(self, how: str) -> bool:
        """An assisted visit is offered; the visit in hand is one; it is none, and nothing is offered."""
        assist, on = self._screen.assist, self._screen.desk.visit.assist.on
        return {"offered": assist.offered(), "on": on, "off": not on and not assist.offered()}[how]

    def is_citizen_type(self, size: str) -> bool:
        """How large the type on the citizen's screen is."""
        customer = self._screen.customer
        return customer is not None and customer.screen.large is (size == "large")

    def is_citizen(self, page: str) -> bool:
        customer = self._screen.customer
        return customer is not None and customer.screen.page == page

    def is_self_service(self, page: str) -> bool:
        turned = self._screen.self_service
        if turned.presenter is None or not turned.on:
            return page == "off"
        return turned.presenter.screen.page == page

    def is_signed(self) -> bool:
        acceptance = self._screen.accept.last
        return acceptance is not None and acceptance.notice.paper.signature is not None

    def is_rated(self) -> bool:
        """The platform holds a rating of each case."""
        acceptance = self._screen.accept.last
        return acceptance is not None and sum(self._ratings.values()) + self._by_phone >= len(acceptance.cases)

    def is_synced(self) -> bool:
        """All is at the platform, and its numbers are back."""
        report, last = self._screen.status.report, self._screen.accept.last
        return (
            report is not None
            and report.online
            and report.waiting == 0
            and last is not None
            and all(case.case_no for case in last.cases)
        )

    def is_handover(self, state: str) -> bool:
        """So far is every case of the last acceptance that another region decides."""
        last, store = self._screen.accept.last, self._screen.station.store
        cases = [case for case in last.cases if case.territory is not None] if last is not None else []
        found = [handover_of(store, case.case_id) for case in cases]
        return bool(found) and all(one is not None and one.state == state for one in found)

    def is_parcel(self, state: str) -> bool:
        """So far is the parcel with the results of the last acceptance."""
        last, cases = self._screen.accept.last, self._screen.station.services.cases
        found = [cases.parcel(case.case_id) for case in last.cases] if last is not None else []
        return any(one is not None and one.state == state for one in found)

    def is_decided(self) -> bool:
        """The platform has said of every case of the last acceptance that it was decided."""
        last, store = self._screen.accept.last, self._screen.station.store
        return last is not None and all(store.stage(case.case_id) == "4" for case in last.cases)

    def is_window_empty(self) -> bool:
        return self._screen.desk.visit.empty and not self._screen.accept.accepted


def said(part: QWidget) -> tuple[str, ...]:
    """What stands on a widget, and on the parts inside it."""
    match part:
        case QComboBox():
            return (part.currentText(),)
        case QAbstractButton():
            # A card that is pressed as a whole says what it says in its name.
            return (part.text(), part.accessibleName())
        case QLabel() | QLineEdit():
            return (part.text(),)
        case QTableWidget():
            cells = (part.item(row, at) for row in range(part.rowCount()) for at in range(part.columnCount()))
            return tuple(cell.text() for cell in cells if cell is not None)
    inside = (said(one) for one in part.findChildren(QWidget) if one.isVisible())
    return tuple(text for texts in inside for text in texts)
