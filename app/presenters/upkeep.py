"""The program looks after itself on the screen: settings, updates, the support bundle, crash reports, about."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QApplication, QFileDialog

from app.domain.errors import YichuangError
from app.presenters.about import about_texts
from app.presenters.application_codes import RESTART
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.presenters.main import MainPresenter
from app.presenters.privacy import PrivacyPresenter
from app.presenters.settings import SettingsPresenter
from app.presenters.station import Workstation
from app.services.updates import Stage, UpdateState
from app.support.bundle import BundleFile
from app.support.crashes import CrashReport
from app.workers.update_thread import UpdateThread
from widgets.dialogs.confirm import confirm
from widgets.dialogs.texts import Deed, TextsDialog, TextView
from widgets.i18n import core_words, language
from widgets.views import Tone
from widgets.window import MainWindow


class UpkeepPresenter(QObject):
    """Answers settings, about, support and update. Never restarts the program with a visit in hand."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        station: Workstation,
        main: MainPresenter,
        duty: DutyPresenter,
        privacy: PrivacyPresenter,
        *,
        self_service: Callable[[], bool],
        state: Callable[[], dict[str, object]],
    ) -> None:
        """self_service: does a citizen have the screen? state: what the window knows besides, for the bundle."""
        super().__init__()
        self._window, self._desk, self._main, self._duty = window, desk, main, duty
        self._upkeep = station.upkeep
        self._self_service = self_service
        self._state = state
        self._update = UpdateState(Stage.OFF)
        self._told = ""
        self._asked = False
        self.dialog: TextsDialog | None = None
        self.settings = SettingsPresenter(window, desk, self._upkeep.settings if self._upkeep else None)
        self.settings.changed.connect(lambda found: self._in_force(found, privacy))
        updates = self._upkeep.updates if self._upkeep else None
        self.thread_ = UpdateThread(updates, self) if updates is not None and updates.on else None
        if self.thread_ is not None:
            self.thread_.looked.connect(self._looked)
        main.add("settings", self.settings.open, self.settings.possible)
        main.add("about", self.about)
        main.add("support", self.bundle, lambda: self._upkeep is not None)
        main.add("update", self.update, lambda: self.thread_ is not None)
        desk.replaced.connect(self._between)
        duty.began.connect(self._came_on_duty)

    def start(self) -> None:
        """Watch for faults, and look for new versions now and then."""
        if self._upkeep is not None:
            with contextlib.suppress(OSError):  # no folder to write into: of that others tell
                self._upkeep.support.crashes.start()
        if self.thread_ is not None:
            self.thread_.start()

    def stop(self) -> None:
        """End; called when the window goes."""
        if self.thread_ is not None:
            self.thread_.stop()
        if self._upkeep is not None:
            self._upkeep.support.crashes.close()

    # ------------------------------------------------------------------------------------------------- settings

    def _in_force(self, found: dict[str, object], privacy: PrivacyPresenter) -> None:
        minutes, mark = found.get("lock.minutes"), found.get("watermark")
        if isinstance(minutes, int):
            self._duty.set_idle(minutes)
        if isinstance(mark, bool):
            privacy.set_watermark(mark)

    # -------------------------------------------------------------------------------------------------- updates

    def update(self) -> None:
        """Open anew with the version that lies ready, unless somebody is being served; otherwise look for one."""
        if self._update.stage is not Stage.READY:
            if self.thread_ is not None:
                self._asked = True
                self._desk.tell(Tone.INFO, self.tr("正在检查更新"), "", "")
                self.thread_.look()
            return
        if not self.free:
            self._desk.tell(
                Tone.INFO,
                self.tr("新版本 {0} 已备好").format(self._update.version),
                self.tr("现在有来访者正在办理，不会重新打开。"),
                self.tr("办完（F12）或挂起（Ctrl+P）之后再按 Ctrl+Shift+Q。"),
            )
            return
        if confirm(
            self._window,
            self.tr("启用新版本 {0}").format(self._update.version),
            self._notes() or self.tr("“一窗”会关闭，约半分钟后以新版本打开；打不开时自动恢复现在的版本。"),
            self.tr("现在重新打开"),
            self.tr("以后再说"),
        ):
            self.restart()

    @property
    def free(self) -> bool:
        """Is nobody being served? Parked visits wait on the disk and are no hindrance."""
        accepted = self._main.accept.accepted
        return (self._desk.visit.empty or accepted) and not self._desk.accepting and not self._self_service()

    def restart(self) -> None:
        """Close the window and open the program anew. Refuses while somebody is being served."""
        if self.free:
            QApplication.exit(RESTART)

    def _looked(self, state: UpdateState) -> None:
        asked, self._asked = self._asked, False
        self._update = state
        tell, version = self._desk.tell, state.version
        if state.stage is Stage.READY and (asked or self._told != version):
            self._between()
        elif state.stage is Stage.ELSEWHERE and (asked or self._told != version):
            self._told = version
            tell(
                Tone.INFO,
                self.tr("有新版本 {0}").format(version),
                self._notes(),
                self.tr("请联系管理员用系统软件包更新。"),
            )
        elif asked and state.problem is not None:
            self._desk.show_error(state.problem)
        elif asked:
            tell(Tone.SUCCESS, self.tr("没有更新"), self.tr("现在就是最新的版本，或者暂时连不上平台。"), "")

    def _between(self) -> None:
        """Nobody is being served just now: the moment to say that a new version is there. Once a version."""
        state = self._update
        if state.stage is Stage.READY and self._told != state.version and self.free:
            self._told = state.version
            title = self.tr("新版本 {0} 已备好").format(state.version)
            self._desk.tell(
                Tone.INFO, title, self._notes(), self.tr("按 Ctrl+Shift+Q 重新打开启用；不按也会在下次打开时启用。")
            )

    def _notes(self) -> str:
        return (self._update.notes_en if language() == "en" else self._update.notes).strip()

    # ------------------------------------------------------------------------------------------------ reports

    def _came_on_duty(self) -> None:
        if self._upkeep is None:
            return
        support, updates = self._upkeep.support, self._upkeep.updates

        def look() -> tuple[tuple[CrashReport, ...], str]:
            return support.to_ask(), updates.gone_back() if updates is not None else ""

        self._desk.tasks.run(look, self._tell_past)

    def _tell_past(self, found: tuple[tuple[CrashReport, ...], str]) -> None:
        reports, gone_back = found
        if gone_back:
            self._desk.tell(
                Tone.WARNING,
                self.tr("新版本 {0} 没有启用").format(gone_back),
                self.tr("它在本机不能正常启动，已自动恢复原来的版本，数据没有损失。"),
                self.tr("照常办理即可，请告知管理员。"),
            )
        if reports and self._desk.visit.empty:
            # Later, behind whatever else the beginning of the day brings.
            QTimer.singleShot(1500, lambda: self.ask_to_send(reports))

    def ask_to_send(self, reports: tuple[CrashReport, ...]) -> None:
        """Show what would be sent, and ask."""
        if self.dialog is not None or not self._desk.visit.empty or not self._duty.on:
            return  # asked again when somebody comes on duty the next time
        deeds = (
            Deed("keep", self.tr("不发送 Alt+N"), "Alt+N"),
            Deed("send", self.tr("发送 Alt+S"), "Alt+S", primary=True),
        )
        below = self.tr("左边是将要发送的全部内容，已去掉个人信息；不发送的只留在本机")
        dialog = self._show("crash", self.tr("上次出现了故障，发送报告帮助改进吗？"), below, deeds)
        dialog.set_texts([TextView(report.at[:16].replace("T", " "), report.text) for report in reports], search=False)
        dialog.chosen.connect(lambda deed: self._decided(deed, reports))
        dialog.open_once()

    def _decided(self, deed: str, reports: tuple[CrashReport, ...]) -> None:
        if self._upkeep is None or self.dialog is None:
            return
        support, dialog = self._upkeep.support, self.dialog
        dialog.accept()

        def work() -> YichuangError | None:
            try:
                support.send(reports) if deed == "send" else support.keep(reports)
            except YichuangError as error:
                return error
            return None

        def done(problem: YichuangError | None) -> None:
            if problem is not None:
                what, todo = core_words(problem.what), self.tr("下次登录时会再问。")
                self._desk.tell(Tone.WARNING, self.tr("故障报告没有发出"), what, todo)
            elif deed == "send":
                self._desk.tell(Tone.SUCCESS, self.tr("故障报告已发送，谢谢"), "", "")

        self._desk.tasks.run(work, done)

    # ------------------------------------------------------------------------------------------ bundle, about

    def bundle(self) -> None:
        """Gather it, show it, and save it where somebody says."""
        if self._upkeep is None or self.dialog is not None:
            return
        support, state = self._upkeep.support, self._state()
        self._desk.tell(Tone.INFO, self.tr("正在整理支持信息"), "", "")

        def gathered(files: tuple[BundleFile, ...]) -> None:
            self._window.notice.dismiss()
            if self.dialog is not None:
                return
            deeds = (Deed("save", self.tr("保存 Ctrl+S"), "Ctrl+S", primary=True),)
            below = self.tr("给技术支持看的，已去掉个人信息；请先看一遍再保存，程序不会自己发送")
            dialog = self._show("support", self.tr("支持信息"), below, deeds)
            dialog.set_texts([TextView(f"{file.name}　{_size(file.size)}", file.text) for file in files])
            dialog.chosen.connect(lambda _: self._save(files))
            dialog.open_once()

        self._desk.tasks.run(lambda: support.bundle(state), gathered)

    def _save(self, files: tuple[BundleFile, ...]) -> None:
        if self._upkeep is None:
            return
        stamp = self._desk.clock.now().strftime("%Y%m%d-%H%M")
        name, _ = QFileDialog.getSaveFileName(
            self.dialog, self.tr("保存支持信息"), str(Path.home() / f"yichuang-support-{stamp}.zip"), "ZIP (*.zip)"
        )
        if name:
            self.save_to(Path(name), files)

    def save_to(self, target: Path, files: tuple[BundleFile, ...]) -> None:
        """Write the bundle that was shown."""
        if self._upkeep is None:
            return
        support = self._upkeep.support

        def work() -> YichuangError | None:
            try:
                support.save(target, files)
            except YichuangError as error:
                return error
            return None

        def done(problem: YichuangError | None) -> None:
            if self.dialog is None:
                return
            if problem is not None:
                self.dialog.say(f"{core_words(problem.what)}{core_words(problem.todo)}", Tone.ERROR)
            else:
                self.dialog.say(self.tr("已保存：{0}").format(target.name), Tone.SUCCESS)

        self._desk.tasks.run(work, done)

    def about(self) -> None:
        """Versions, licences, notices."""
        if self.dialog is not None:
            return

        def show(texts: tuple[TextView, ...]) -> None:
            if self.dialog is None:
                dialog = self._show("about", self.tr("关于“一窗”"), self.tr("版本、许可，以及用到的其他作品"), ())
                dialog.set_texts(texts)
                dialog.open_once()

        self._desk.tasks.run(about_texts, show)

    def _show(self, name: str, title: str, below: str, deeds: tuple[Deed, ...]) -> TextsDialog:
        self.dialog = TextsDialog(name, title, below, deeds, self._window)
        self.dialog.finished.connect(lambda _: self._closed())
        return self.dialog

    def _closed(self) -> None:
        self.dialog = None


def _size(count: int) -> str:
    return f"{count} B" if count < 1024 else f"{count / 1024:.0f} KB"
