"""Ctrl+Shift+E, or a click on a licence's card: the licence in full, what is taken over from it, and whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer

from app.domain.case import AuditEvent
from app.domain.clock import shanghai
from app.domain.errors import BadInput
from app.domain.person import mask, mask_name
from app.licences.facts import Match
from app.licences.identifier import ROOT, is_identifier
from app.licences.trust_keeper import TrustKeeper, TrustState
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.ofd import ShownFile
from app.presenters.privacy import SHOWN_SECONDS
from app.presenters.status import StatusPresenter
from app.presenters.words import field_title, field_value, licence_title, untitled, verdict_words
from app.services.duty import Duty
from app.services.use_licence import OfferedFact, Standing, UseLicence
from app.services.visit import ScannedLicence, Visit
from offline_db.store import Store
from widgets.dialogs.licence import LicenceDialog
from widgets.i18n import core_words, pick
from widgets.views import Tone
from widgets.views_licence import LicenceDetail, LicenceFactRow
from widgets.window import MainWindow

_STANDINGS = {
    Standing.FILLS: (QT_TRANSLATE_NOOP("LicenceDetailPresenter", "已填入"), Tone.SUCCESS),
    Standing.AGREES: (QT_TRANSLATE_NOOP("LicenceDetailPresenter", "与表中一致"), Tone.NEUTRAL),
    Standing.DIFFERS: (QT_TRANSLATE_NOOP("LicenceDetailPresenter", "与表中不一致"), Tone.WARNING),
    Standing.LEFT: (QT_TRANSLATE_NOOP("LicenceDetailPresenter", "不采用"), Tone.NEUTRAL),
}
_MATCH_TONES = {
    Match.SAME: Tone.SUCCESS,
    Match.NAME_ONLY: Tone.WARNING,
    Match.DIFFERENT: Tone.ERROR,
    Match.UNKNOWN: Tone.NEUTRAL,
}
_REASONS = (
    QT_TRANSLATE_NOOP("LicenceDetailPresenter", "房东出租，承租人办理"),
    QT_TRANSLATE_NOOP("LicenceDetailPresenter", "持授权委托书代办"),
    QT_TRANSLATE_NOOP("LicenceDetailPresenter", "共有人或近亲属"),
)


class LicenceDetailPresenter(QObject):
    """Shows one of the visit's licences at a time; says when the trust list grows old."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        use: UseLicence,
        trust: TrustKeeper,
        main: MainPresenter,
        *,
        codes: CodePresenter,
        status: StatusPresenter,
        store: Store,
        duty: Duty,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._use = use
        self._trust = trust
        self._store = store
        self._duty = duty
        self._text = ""
        self._warned: dt.date | None = None
        self.file_of: Callable[[str], ShownFile | None] = lambda _: None
        """What stands behind a licence that came as a file."""
        self.dialog = LicenceDialog(window)
        self.dialog.chosen.connect(self._choose)
        self.dialog.relied.connect(self._rely)
        self.dialog.reveal_asked.connect(self._reveal)
        self.dialog.next_asked.connect(self._next)
        self.dialog.finished.connect(lambda _: self._hide())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_SECONDS * 1000)
        self._timer.timeout.connect(self._hide)
        main.add("licence_detail", self.open, lambda: bool(desk.visit.licences))
        window.who.licence_opened.connect(self.open)
        codes.scanned.connect(lambda _: self._tell_whose())
        desk.replaced.connect(self.dialog.reject)
        desk.changed.connect(self._changed)
        status.synced.connect(lambda _: self.warn())

    def open(self, place: int = -1) -> None:
        """Show the licence at this place of the visit; without one the newest."""
        licences = self._desk.visit.licences
        if not -len(licences) <= place < len(licences):
            return
        self._text = licences[place].text
        self._show()
        self.dialog.open()

    def warn(self) -> None:
        """Once a day: the trust list is old, or the one that was installed is not in force."""
        state, today = self._trust.state(), shanghai(self._desk.clock.now()).date()
        if self._warned == today or not (state.old or state.problem) or not state.trust.keys:
            return
        self._warned = today
        if state.problem:
            title = self.tr("已装入的信任名单没有启用")
            self._desk.tell(Tone.WARNING, title, state.problem, self.tr("请联系管理员重新导入信任名单。"))
            return
        todo = self.tr("请检查网络，或请管理员导入新的信任名单。")
        what = self.tr("离线核验只能登记，不能免交材料。") if state.too_old else ""
        title = self.tr("信任名单已 {0} 天未更新").format(state.age)
        self._desk.tell(Tone.WARNING, title, what, todo)

    # ------------------------------------------------------------------------------------------------ showing

    def _entry(self) -> ScannedLicence | None:
        return next((entry for entry in self._desk.visit.licences if entry.text == self._text), None)

    def _changed(self) -> None:
        if self.dialog.isVisible():
            self._show()

    def _show(self) -> None:
        entry = self._entry()
        if entry is None:
            self.dialog.reject()
            return
        self._timer.stop()
        file = self.file_of(entry.text)
        self.dialog.set_picture(file.picture if file else None)
        self.dialog.set_detail(self._detail(self._desk.visit, entry))

    def _detail(self, visit: Visit, entry: ScannedLicence) -> LicenceDetail:
        reading = entry.reading
        words, tone = verdict_words(reading)
        offered = self._use.offered(visit, entry.text)
        rows = [self._row(visit, entry, one) for one in offered if one.standing is not Standing.NOT_ASKED]
        unasked = len(offered) - len(rows)
        needs = self._use.needs_reason(visit, entry.text)
        names = {m.use.id: pick(m.use.name, m.use.name_en) for m in visit.checklist.materials}
        usable = reading.verdict.usable
        waived = [names[key] for key in self._use.waives(visit, entry.text) if key in names] if usable else []
        state = self._trust.state()
        place = [e.text for e in visit.licences].index(entry.text) + 1
        return LicenceDetail(
            title=licence_title(reading) or untitled(reading),
            # 签名有效（离线，…）: the verdict itself on the badge, why below.
            verdict=words.partition("（")[0].partition(" (")[0].partition("：")[0],
            tone=tone,
            reason=core_words(reading.reason),
            holder=_masked(entry),
            match=core_words(entry.match.words),
            match_tone=_MATCH_TONES[entry.match.match],
            lines=self._lines(entry),
            facts=tuple(rows) if usable else (),
            more=self.tr("另有 {0} 项，所选事项的表单不用填").format(unasked) if unasked and usable else "",
            waives=self.tr("、").join(waived),
            needs_reason=needs,
            reasons=tuple(self.tr(words) for words in _REASONS) if needs else (),
            relied=entry.relied,
            list_words=self._list_words(state),
            list_tone=Tone.WARNING if state.old or state.problem else Tone.NEUTRAL,
            place=f"{place} / {len(visit.licences)}" if len(visit.licences) > 1 else "",
        )

    def _lines(self, entry: ScannedLicence) -> tuple[tuple[str, str], ...]:
        reading = entry.reading
        until = f"{shanghai(reading.expires):%Y-%m-%d}" if reading.expires else ""
        if not until and reading.licence and reading.verdict.usable:
            until = self.tr("证照未载截止日期")
        identifier = reading.licence.get("identifier", "")
        if identifier.startswith(ROOT):
            sound = self.tr("校验位相符") if is_identifier(identifier) else self.tr("校验位不符")
            # Too long for a line: the type's part, then the issuer's with the licence's own number.
            parts = identifier.split(".")
            half = len(ROOT.split(".")) + 1
            identifier = ".".join(parts[:half]) + ".\n" + self.tr("{0}（{1}）").format(".".join(parts[half:]), sound)
        return (
            (self.tr("签发"), core_words(reading.issuer or "")),
            (self.tr("有效期至"), until),
            (self.tr("证照标识"), identifier),
            *(file.lines if (file := self.file_of(entry.text)) else ()),
        )

    def _row(self, visit: Visit, entry: ScannedLicence, one: OfferedFact) -> LicenceFactRow:
        fields = visit.form.asked()
        may = self._use.may_fill(visit, entry.text)
        words, tone = _STANDINGS[one.standing]
        filled = one.standing is not Standing.FILLS or bool(one.here)
        return LicenceFactRow(
            key=one.fact.key,
            title=field_title(fields, one.fact.key),
            value=field_value(fields[one.fact.key], one.fact.value),
            state=self.tr(words) if may and filled else "",
            tone=tone,
            ticked=one.standing is not Standing.LEFT,
            can_tick=may,
        )

    def _list_words(self, state: TrustState) -> str:
        day = state.trust.date.isoformat()
        if not state.trust.keys:
            return self.tr("本机没有，请联系管理员导入")
        if state.age == 0:
            return self.tr("{0}，今天").format(day)
        words = self.tr("{0}，{1} 天前").format(day, state.age)
        return self.tr("{0}，请联网更新").format(words) if state.old else words

    # ------------------------------------------------------------------------------------------------ deciding

    def _choose(self, keys: list[str]) -> None:
        if self._entry() is not None:
            self._desk.change(self._use.choose(self._desk.visit, self._text, keys))

    def _rely(self, reason: str) -> None:
        try:
            changed = self._use.rely(self._desk.visit, self._text, reason)
        except BadInput as error:
            self.dialog.set_error(error_line(error))
            return
        self.dialog.accept()
        self._desk.change(changed)
        self._desk.tell(Tone.INFO, self.tr("已采用他人的证照"), self.tr("理由：{0}").format(" ".join(reason.split())))

    def _next(self) -> None:
        texts = [entry.text for entry in self._desk.visit.licences]
        if self._text in texts:
            self._text = texts[(texts.index(self._text) + 1) % len(texts)]
            self._show()

    def _tell_whose(self) -> None:
        """Somebody else's: said at once, with the way on."""
        licences = self._desk.visit.licences
        if licences and self._use.needs_reason(self._desk.visit, licences[-1].text):
            title = self.tr("这不是来访人的证照，没有填表、没有免交")
            todo = self.tr("确需采用，按 Ctrl+Shift+E 写明理由。")
            self._desk.tell(Tone.WARNING, title, licences[-1].match.words, todo)

    # ----------------------------------------------------------------------------------------------- revealing

    def _reveal(self) -> None:
        """The holder in the open for a while; its line stands in the audit trail before."""
        entry = self._entry()
        if entry is None or not entry.reading.holder:
            return
        text, subject = entry.text, entry.reading.licence.get("identifier", "")
        now = self._desk.clock.now()
        event = AuditEvent(now, self._duty.clerk, "licence.holder_shown", subject, {"seconds": SHOWN_SECONDS})

        def written(_: object) -> None:
            shown = self._entry()
            if shown is not None and shown.text == text and self.dialog.isVisible():
                self.dialog.set_holder(_open(shown))
                self._timer.start()

        self._desk.tasks.run(lambda: self._store.append_audit(event), written)

    def _hide(self) -> None:
        self._timer.stop()
        entry = self._entry()
        if entry is not None:
            self.dialog.set_holder(_masked(entry))


def _masked(entry: ScannedLicence) -> str:
    holder = entry.reading.holder
    if "uscc" in holder:
        return _open(entry)  # a firm's name and code are public
    return "　".join(part for part in (mask_name(holder.get("name", "")), mask(holder.get("id_number", ""))) if part)


def _open(entry: ScannedLicence) -> str:
    holder = entry.reading.holder
    return "　".join(part for part in (holder.get(key, "") for key in ("name", "id_number", "uscc")) if part)
