"""Builds the one window with its threads and presenters, and takes it down again."""

from __future__ import annotations

from functools import partial
from typing import cast

from PyQt6.QtCore import QObject, QTimer

from app.domain.clock import shanghai
from app.identity.cards.locate import locate
from app.licences.live import LiveDecoder
from app.materials.page import locate_page
from app.memory import give_back
from app.presenters.accept import AcceptPresenter
from app.presenters.amend import AmendPresenter
from app.presenters.around import Around
from app.presenters.assessments import AssessmentPresenter
from app.presenters.assist import AssistPresenter
from app.presenters.batch import BatchPresenter
from app.presenters.book_ahead import BookAheadPresenter
from app.presenters.bookings import BookingPresenter
from app.presenters.bridge import BridgePresenter
from app.presenters.card_picture import CardPicturePresenter
from app.presenters.chip import ChipPresenter
from app.presenters.clerk_key import KeyPresenter
from app.presenters.clerks import ClerksPresenter
from app.presenters.code_leads import CodeLeadsPresenter
from app.presenters.codes import CodePresenter
from app.presenters.complete_later import CompleteLaterPresenter
from app.presenters.conflicts import ConflictsPresenter
from app.presenters.customer import CustomerPresenter
from app.presenters.customer_room import CustomerRoom
from app.presenters.desk import Desk
from app.presenters.drafts import DraftsPresenter
from app.presenters.duty import DutyPresenter
from app.presenters.earlier import offer_earlier
from app.presenters.entry_devices import Pads, TypedKeys, add_person_devices
from app.presenters.face import SLOTS as FACE_SLOTS
from app.presenters.firm import FirmPresenter
from app.presenters.form import FormPresenter
from app.presenters.help import HelpPresenter
from app.presenters.hours_words import tell_hours
from app.presenters.identity import IdentityPresenter
from app.presenters.issued import IssuedPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.licence_detail import LicenceDetailPresenter
from app.presenters.list_watch import ListWatch
from app.presenters.live import LivePresenter
from app.presenters.look import LookPresenter
from app.presenters.main import MainPresenter
from app.presenters.materials import MaterialsPresenter
from app.presenters.matters import MattersPresenter
from app.presenters.ofd import OfdPresenter
from app.presenters.outing import OutingPresenter
from app.presenters.packets import PacketPresenter
from app.presenters.papers import PapersPresenter
from app.presenters.payer_code import CodeLook
from app.presenters.places import PlacesPresenter
from app.presenters.print_desk import PRINTER_NAMES
from app.presenters.printing import Printing
from app.presenters.privacy import PrivacyPresenter
from app.presenters.reading import ReadingPresenter
from app.presenters.recovery import RecoveryPresenter
from app.presenters.redeem import RedeemPresenter
from app.presenters.residents import ResidentPresenter
from app.presenters.roster import RosterPresenter
from app.presenters.same_firm import SameFirmPresenter
from app.presenters.scanner import ScannerPresenter
from app.presenters.scanning import ScanPresenter
from app.presenters.screen_devices import nudge, owners_of
from app.presenters.self_service_room import SelfServiceRoom
from app.presenters.shapes import ShapesPresenter
from app.presenters.shared_data import SharedDataPresenter
from app.presenters.signing import SigningPresenter
from app.presenters.sounds import NoSpeaker, Sounds
from app.presenters.station import Workstation
from app.presenters.status import StatusPresenter
from app.presenters.talk import Talk
from app.presenters.tuning import TuningPresenter
from app.presenters.undo import UndoPresenter
from app.presenters.upkeep import UpkeepPresenter
from app.presenters.verify_papers import VerifyPapersPresenter
from app.presenters.who import WhoPresenter
from app.presenters.wiping import WipePresenter
from app.presenters.zones import ZonePresenter
from app.services.companion import Companions
from app.services.heed_lists import HeedLists
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.device_owner import DeviceOwner
from app.workers.device_thread import DeviceThread
from app.workers.presence import PresenceWatch
from app.workers.sync_thread import SyncThread
from app.workers.tasks import TaskRunner
from app.workers.upkeep_thread import UpkeepThread
from app.workers.zone_camera import ZoneCamera
from widgets.window import MainWindow

_AHEAD_MILLISECONDS = 300
"""Until then the window draws itself, alone: threads that load things take turns with it."""


class Screen(QObject):
    """The window of one workstation. `start` once shown; `close` before the workstation is closed."""

    def __init__(self, station: Workstation) -> None:
        super().__init__()
        self.station = station
        services = station.services
        settings = station.settings
        self.window = MainWindow()
        self.window.header.set_place(settings.window.hall, settings.window.name, "")
        self.window.set_demo(station.demo)
        self.tasks = TaskRunner(self)
        self.desk = Desk(station.clock, self.tasks, self.window.notice)
        self.sync_thread = SyncThread(station.sync, self)
        self.upkeep_thread = UpkeepThread(services.retention, self)
        self._decoder = LiveDecoder()
        self.code_analyser = FrameAnalyser(self._decoder.read, self, exposure=lambda: self._decoder.exposure)
        self.page_analyser = FrameAnalyser(locate_page, self, gentle=True)
        self._zone_camera = ZoneCamera(lambda: shanghai(station.clock.now()).date())
        self.zone_analyser = FrameAnalyser(self._zone_camera.look, self, gentle=True)
        self.card_analyser = FrameAnalyser(locate, self, gentle=True)
        self.devices = owners_of(settings, self, real=not station.demo)
        self.presence = PresenceWatch(self)
        self.presence.changed.connect(lambda names: nudge(self.devices.values(), names))
        reader = cast(DeviceThread, self.devices["id_reader"])
        cameras = {
            slot: cast(CameraThread, self.devices[slot])
            for slot in ("camera", "document_camera", "document_camera_side")
        }
        self.codes_source = CameraSource(cameras, "camera", self.code_analyser, self)
        self.pages_source = CameraSource(cameras, "document_camera", self.page_analyser, self)
        self.zones_source = CameraSource(cameras, "document_camera", self.zone_analyser, self)
        self.cards_source = CameraSource(cameras, "document_camera", self.card_analyser, self)
        self.sounds = Sounds(NoSpeaker())
        printers = {slot: cast(DeviceThread, self.devices[slot]) for slot in PRINTER_NAMES}
        self.pads = Pads(cast(DeviceThread, self.devices["signature_pad"]), self)
        finger = cast(DeviceThread, self.devices["fingerprint"])
        self.signing = SigningPresenter(self.window, self.pads.now, self.pads.surface, lambda: self.room.screen, finger)
        self.status = StatusPresenter(
            self.window,
            self.desk,
            station.store,
            self.sync_thread,
            self.devices,
            station.duty,
            station.sync.switch,
            settings.sync_rules.pause_reminder_hours,
        )
        self.printing = Printing(self.window, self.desk, station, printers)
        self.accept = AcceptPresenter(
            self.window,
            self.desk,
            services.accept,
            self.printing.desk,
            services.drafts,
            {d.id: d.name for d in station.catalog.departments.values()},
            services.notice,
        )
        self.who = WhoPresenter(self.window.who, self.desk, services.identify, reader)
        self.codes = CodePresenter(
            self.window.preview, self.desk, services.scan, self.codes_source, self.code_analyser, self.sounds
        )
        self.items = ItemsPresenter(self.window, self.desk, services.choose)
        self.form = FormPresenter(self.window.form, self.desk, services.fill, services.accept.titles)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._load_ahead)
        self.materials = MaterialsPresenter(
            self.window.materials,
            self.window.preview,
            self.desk,
            services.capture,
            self.pages_source,
            self.page_analyser,
            services.reuse,
            self.sounds,
        )
        # One thread of its own: a page takes seconds, and a second one waits for it.
        self.reading_tasks = TaskRunner(self, threads=1)
        self.reading = ReadingPresenter(
            self.window.form, self.desk, services.reading, self.form, self.materials, self.reading_tasks
        )
        self.later = CompleteLaterPresenter(
            self.window.materials, self.desk, services.later, services.capture, self.pages_source, self.page_analyser
        )
        shown = (
            ("codes", self.window.preview, self.codes_source),
            ("pages", self.window.preview, self.pages_source),
            ("pages", self.later.dialog.preview, self.pages_source),
            ("zones", self.window.preview, self.zones_source),
            ("cards", self.window.preview, self.cards_source),
        )
        self.zones = ZonePresenter(
            self.window,
            self.window.preview,
            self.desk,
            services.identify,
            self.zones_source,
            self.zone_analyser,
            self._zone_camera,
            cast(DeviceThread, self.devices["passport_reader"]),
            self.reading_tasks,
            self.sounds,
        )
        self.materials.page_kept.connect(self.zones.page_kept)
        self.live = LivePresenter(shown, self.desk, station.store, self.sounds)
        self.tuning = TuningPresenter(shown, self.desk, station.store, self.live.use)
        self.main = MainPresenter(
            self.window,
            self.desk,
            who=self.who,
            codes=self.codes,
            items=self.items,
            form=self.form,
            materials=self.materials,
            accept=self.accept,
            status=self.status,
        )
        self.main.other_looks.append(self.zones.stop)
        self.main.add("read_zone", self._read_zone, lambda: self.main.open_now)
        self.cards = CardPicturePresenter(
            self.window,
            self.window.preview,
            self.desk,
            services.card_picture,
            self.cards_source,
            self.card_analyser,
            reader,
            self.reading_tasks,
            self.sounds,
            lambda: self.main.open_now,
        )
        self.main.other_looks.append(self.cards.stop)
        self.main.add("read_card_picture", self._read_card_picture, self.cards.possible)
        self.scanning = ScanPresenter(
            self.window.materials,
            self.window.preview,
            self.desk,
            services.capture,
            self.materials,
            cast(DeviceThread, self.devices["scanner"]),
            station.store,
            self.sounds,
            lambda: self.main.open_now,
        )
        self.main.add("scan", self.scanning.scan, self.scanning.possible)
        self.main.add("scan_options", self.scanning.choose_options, self.scanning.possible)
        self.window.escaped.connect(self.scanning.stop)
        people = add_person_devices(self.devices, self.window, self.desk, station, self.main)
        self.face, self.pin_pad, self.photos = people
        self.chip = ChipPresenter(
            self.window,
            self.desk,
            services.chip,
            cast(DeviceThread, self.devices["passport_reader"]),
            lambda: self.main.open_now,
        )
        self.zones.read.connect(self.chip.follow)
        self.main.add("read_chip", self.chip.start, self.chip.possible)
        self.help = HelpPresenter(self.window, self.desk)
        self.main.add("help", self.help.open)
        self.look = LookPresenter(self.window, self.desk, station.store)
        self.main.add("theme", self.look.next_theme)
        self.main.add("larger", self.look.larger)
        self.main.add("smaller", self.look.smaller)
        self.main.add("normal_size", self.look.normal_size)
        form = self.window.form
        self.main.add("findings", form.show_findings, self._has_items)
        self.main.add("field_sources", self.form.show_sources, self._has_items)
        self.main.add("next_section", lambda: form.focus_section(1), self._has_items)
        self.main.add("previous_section", lambda: form.focus_section(-1), self._has_items)
        self.packets = PacketPresenter(
            self.window, self.desk, services.courier, self.status.outbox, station.duty, self.status.refresh
        )
        self.main.add("pause_upload", self.status.outbox.toggle_pause)
        self.main.add("export_packet", self.packets.export)
        self.main.add("import_answer", self.packets.take_answer)
        self.verify_papers = VerifyPapersPresenter(self.window, self.desk, services.checks, self.main.scan)
        self.main.add("verify_paper", self.verify_papers.open)
        self.keys = TypedKeys((self.devices["code_scanner"], self.devices["passport_reader"]), self)
        self.scanner = ScannerPresenter(
            cast(DeviceThread, self.devices["code_scanner"]),
            self.desk,
            self.codes,
            self.verify_papers,
            self._may_scan,
            zones=self.zones.take_text,
        )
        self.shapes = ShapesPresenter(self.window, self.desk, services.shapes)
        self.around = Around(
            self.window,
            self.desk,
            station,
            self.main,
            accept=self.accept,
            items=self.items,
            status=self.status,
            devices=self.devices,
            printing=self.printing.desk,
        )
        self.printing.join(self.main, self.around.cases)
        self.amend = AmendPresenter(self.around.cases.dialog, self.desk, services.amend)
        self.papers = PapersPresenter(
            self.window, self.desk, services.issue, self.accept, self.printing.desk, self.signing, services.sign
        )
        self.main.add("papers", self.papers.open)
        self.issued = IssuedPresenter(
            self.window,
            self.desk,
            services.issued,
            self.around.cases.dialog,
            self.printing.desk,
            settings.window,
            station.catalog,
            lambda: self.room.screen,
            self.papers.open_case,
            demo=station.demo,
        )
        self.residents = ResidentPresenter(
            self.window,
            self.desk,
            services.residents,
            services.identity,
            self.codes,
            self.printing.desk,
            settings.window,
            lambda: self.main.open_now,
            demo=station.demo,
        )
        self.identity = IdentityPresenter(
            self.window,
            self.desk,
            services.identity,
            services.issue,
            self.printing.desk,
            self.face.toggle,
            self.face.possible,
            self.residents,
        )
        self.main.add("verify_identity", self.identity.open)
        self.lists = ListWatch(self.desk, HeedLists(station.store, services.identity, station.clock, station.duty))
        self.main.business_done = self.identity.all_done
        self.around.palette.add(self.papers.palette)
        self.around.cases.dialog.papers_requested.connect(self.papers.open_case)
        self.matters = MattersPresenter(
            self.window,
            self.desk,
            services.matters,
            self.printing.desk,
            self.main,
            self.status,
            partial(self.sync_thread.kick, urgent=True),
        )
        self.same_firm = SameFirmPresenter(self.window, self.desk, services.firm, self.accept, self.main)
        self.assessments = AssessmentPresenter(
            self.window, self.desk, services.firms.assess, self.printing.desk, self.main, self.sync_thread.kick
        )
        self.conflicts = ConflictsPresenter(
            self.window,
            self.desk,
            services.conflicts,
            services.fill.help,
            self.sync_thread.kick,
            self.around.refresh,
        )
        self.main.add("conflicts", self.conflicts.open)
        self.around.cases.dialog.amend_requested.connect(self.amend.open)
        self.around.messages.amend_requested.connect(self.amend.open)
        self.amend.saved.connect(self.sync_thread.kick)
        self.photos.queued.connect(self.sync_thread.kick)
        self.amend.saved.connect(self.around.refresh)
        self.status.synced.connect(lambda _: self.conflicts.refresh())
        self.status.synced.connect(lambda report: self.clerk_key.judge_again() if report.pulled else None)
        self.shared = SharedDataPresenter(self.window, self.desk, services.query, self.main, self.status)
        self.licence_detail = LicenceDetailPresenter(
            self.window,
            self.desk,
            services.licences,
            services.trust,
            self.main,
            codes=self.codes,
            status=self.status,
            store=station.store,
            duty=station.duty,
        )
        self.ofd = OfdPresenter(self.window, self.desk, services.ofd, services.scan, self.main, self.sounds)
        self.ofd.opened.connect(self.codes.scanned)
        self.materials.licence_chosen.connect(self.ofd.take)
        self.licence_detail.file_of = self.ofd.shown
        self.bookings = BookingPresenter(self.window, self.desk, services.bookings, self.main, self.status)
        self.ahead = BookAheadPresenter(
            self.window, self.desk, services.ahead, self.accept, self.printing.desk, self.main, self.status
        )
        self.redeem = RedeemPresenter(self.window.who, self.desk, services.redeem, self.main, self.status, self.codes)
        self.leads = CodeLeadsPresenter(
            self.window,
            self.desk,
            services.leads,
            station.catalog,
            self.main,
            self.codes,
            items=self.items,
            bookings=self.bookings,
            cases=self.around.cases,
            later=self.later,
        )
        self.firm = FirmPresenter(
            self.window,
            self.desk,
            services.firms.profile,
            services.matters,
            services.leads,
            self.printing.desk,
            self.main,
            items=self.items,
            matters=self.matters,
            assessments=self.assessments,
        )
        self.leads.firm = self.firm.open
        self.roster = RosterPresenter(
            self.window,
            self.desk,
            services.firms.roster,
            self.main,
            self.status,
            matters=self.matters,
            firm=self.firm,
            sync_now=partial(self.sync_thread.kick, urgent=True),
        )
        self.places = PlacesPresenter(self.window, self.desk, services.places, self.printing.desk, self.main)
        self.assist = AssistPresenter(
            self.window, self.desk, Companions(station.clock, station.duty), settings.assist, reader, self.main
        )
        self.undo = UndoPresenter(self.desk, station.catalog, self.accept.changeable)
        self.drafts = DraftsPresenter(
            self.window,
            self.desk,
            services.drafts,
            services.fill,
            self.accept,
            self.main.stop_cameras,
            self.form.prepare,
        )
        self.clerk_key = KeyPresenter(
            self.desk, services.clerk_keys, cast(DeviceThread, self.devices["clerk_key"]), station.key_hint
        )
        self.duty = DutyPresenter(
            self.window,
            self.desk,
            services.clerks,
            station.duty,
            put_away=self.drafts.put_away,
            idle_minutes=settings.lock_minutes,
            place=f"{settings.window.hall}　{settings.window.name}",
            pin_hint=station.pin_hint,
            key=self.clerk_key,
        )
        self.clerks = ClerksPresenter(self.window, self.desk, services.clerks)
        self.recovery = RecoveryPresenter(self.window, self.desk, services.recovery)
        self.privacy = PrivacyPresenter(
            self.window, self.desk, station.store, station.duty, settings.window, settings.watermark
        )
        self.main.add("reveal", self.privacy.toggle, self.privacy.possible)
        self.duty.began.connect(self.privacy.mark)
        self.duty.began.connect(partial(tell_hours, self.desk, settings.hours, station.clock))
        self.duty.locked.connect(self.privacy.hide)
        self.duty.locked.connect(self.recovery.close)
        self.duty.locked.connect(self.face.stop)
        self.duty.locked.connect(self.photos.stop)
        self.duty.locked.connect(self.pin_pad.stop)
        self.duty.ended.connect(self.recovery.close)
        self.duty.began.connect(self.recovery.remind)
        self.outing = OutingPresenter(
            self.window,
            self.desk,
            services.packs,
            services.outing,
            settings.visits,
            self.main,
            self.accept,
            self.drafts,
            self.status,
            lambda: self.sync_thread.kick(urgent=True),
        )
        self.wiping = WipePresenter(self.desk, station.wipe, services.packs, station.store, self.accept, self.status)
        self._add_actions()
        # Asked when pressed: a picture comes and goes without a change of the visit.
        self.main.add("switch_camera", self.live.switch)
        self.main.add("freeze_picture", self.live.freeze)
        self.main.add("mirror_picture", self.live.mirror)
        self.main.add("picture_size", self.live.choose_size)
        self.main.add("tune_picture", self.tuning.open)
        self.main.add("mute", self.live.mute)
        self.batch = BatchPresenter(self.window, self.desk, services.batch, services.tables, station.clock)
        self.main.add("import_table", self.batch.import_table, self.batch.possible)
        self.payer_code = CodeLook(self.codes_source, self.code_analyser)
        self.talk = Talk(
            self.window, self.desk, station, self.main, self.accept, self.devices, self.printing.desk, self.payer_code
        )
        self.scanner.payer = self.talk.payment.take_code
        self.talk.join(self.duty)
        self.talk.ratings.stored.connect(self.sync_thread.kick)
        self.room = CustomerRoom(
            self.window,
            self.desk,
            station,
            self.main,
            self.accept,
            self.duty,
            self.talk.ratings,
            self.devices["customer_screen"],
            finger,
        )
        self.status.synced.connect(self._synced)
        self.who.read.connect(lambda: offer_earlier(self.desk, station))
        self.chip.read.connect(lambda _: offer_earlier(self.desk, station))
        self.accept.was_accepted.connect(lambda _: self.sync_thread.kick())
        self.later.completed.connect(self.sync_thread.kick)
        self.later.completed.connect(self.around.refresh)
        self.self_service = SelfServiceRoom(
            station,
            self.window,
            self.desk,
            self.drafts,
            self.duty,
            reader,
            (self.codes_source, self.code_analyser),
            (self.pages_source, self.page_analyser),
            self.sounds,
            self.printing.desk,
            {slot: cast(CameraThread, self.devices[slot]) for slot in FACE_SLOTS},
        )
        self.main.add("self_service", self.self_service.enter, self.self_service.possible)
        self.duty.began.connect(self.self_service.on_duty)
        self.bridge = BridgePresenter(
            self.window,
            self.desk,
            station,
            self.devices,
            self.duty,
            lambda slot: any(s.streaming and s.slot == slot for s in (self.codes_source, self.pages_source)),
            lambda: self.self_service.on,
            self.pads.now,
        )
        self.main.add("bridge", self.bridge.open)
        self.upkeep = UpkeepPresenter(
            self.window,
            self.desk,
            station,
            self.main,
            self.duty,
            self.privacy,
            self_service=lambda: self.self_service.on,
            state=self._known_state,
        )
        self.desk.replaced.connect(lambda: self.tasks.run(give_back, lambda _: None))
        self.desk.begin()

    @property
    def customer(self) -> CustomerPresenter | None:
        """Who shows pages to the citizen, where there is a second screen."""
        return self.room.customer

    def start(self) -> None:
        """Start every thread: lights come on, syncing begins. What is heavy is loaded once the window stands."""
        for thread in self._threads():
            thread.start()
        self.presence.start()
        self.duty.start()
        self.printing.start()
        self.scanner.start()
        self.bridge.start()
        self.upkeep.start()
        if self.station.services.scan.trouble is not None:
            self.desk.show_error(self.station.services.scan.trouble)
        self._ahead.start(_AHEAD_MILLISECONDS)
        self.talk.payment.settle()
        self.room.start()

    def _load_ahead(self) -> None:
        self.form.warm()
        self.tasks.run(self.station.warm, lambda _: None, order="ahead")
        if not self.devices["passport_reader"].absent:
            self.tasks.run(self.station.services.chip.warm, lambda _: None, order="ahead")

    def close(self) -> None:
        """End every thread and wait for running work; what was accepted is already safe."""
        self._ahead.stop()
        self.scanner.stop()
        self.keys.stop()
        self.signing.cancel()
        self.bridge.stop()
        self.upkeep.stop()
        self.status.stop()
        self.printing.stop()
        self.packets.stop()
        self.around.archive.stop()
        self.tasks.wait()
        self.station.services.reading.close()  # a page still being read is given up
        self.reading_tasks.close()
        self.shared.wait()
        self.self_service.close()
        self.redeem.wait()
        self.drafts.save()  # what was typed in the last moment
        self.tasks.wait()
        self.duty.close()
        self.presence.stop()
        for device in self.devices.values():
            device.leave()  # all at once: one that is slow to end costs no more than itself
        for thread in self._threads():
            thread.stop()
        self.room.close()
        self._decoder.close()
        self.window.close()
        # What the threads' last words set off, e.g. a look at what falls due, must end before the store does.
        self.tasks.close()

    def _add_actions(self) -> None:
        add, duty = self.main.add, self.station.duty
        add("undo", self.undo.undo, self.undo.can_undo)
        add("redo", self.undo.redo, self.undo.can_redo)
        add("park", self.drafts.park, self.drafts.can_park)
        add("parked", self.drafts.open_list)
        add("lock", self.duty.lock)
        add("sign_out", self.duty.sign_out)
        add("serve", self.duty.toggle_serving)
        add("clerks", self.clerks.open, lambda: duty.holder is not None and duty.holder.manager)
        add("recovery_code", self.recovery.open, self.recovery.possible)
        self.duty.began.connect(self.main.enable)

    def _threads(self) -> list[DeviceOwner | FrameAnalyser | SyncThread | UpkeepThread]:
        return [
            self.code_analyser,
            self.page_analyser,
            self.zone_analyser,
            self.face.analyser,
            self.photos.analyser,
            self.card_analyser,
            *self.devices.values(),
            self.pads.screen,
            self.sync_thread,
            self.upkeep_thread,
        ]

    def _read_zone(self) -> None:
        self.codes.stop()
        self.materials.stop()
        self.cards.stop()
        self.zones.start()

    def _read_card_picture(self) -> None:
        self.codes.stop()
        self.materials.stop()
        self.zones.stop()
        self.cards.start()

    def _known_state(self) -> dict[str, object]:
        """For support: which drivers stand where, and whether the platform answers. No addresses, no people."""
        places = {slot: str(owner.device.uri).partition(":")[0] for slot, owner in self.devices.items()}
        return {"online": self.status.online, "devices": places}

    def _may_scan(self) -> bool:
        return self.station.duty.holder is not None and self.window.isEnabled() and self.main.open_now

    def _has_items(self) -> bool:
        return bool(self.desk.visit.items)

    def _synced(self) -> None:
        self.accept.online = self.status.online
        self.accept.platform_answered()
