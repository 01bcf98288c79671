"""核验文书: a PDF, a pasted or scanned code; the answer in one line, then what was signed and what was altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QFileDialog

from app.documents.answer import PaperCheck, Standing
from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.person import mask_name
from app.presenters.desk import Desk
from app.services.check_papers import CheckPapers
from app.services.sign_paper import PaperSignature, PaperSignatureState
from widgets.dialogs.verify_paper import VerifyPaperDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_verify import VerdictView
from widgets.window import MainWindow

_GRAVITY = (Tone.NEUTRAL, Tone.INFO, Tone.SUCCESS, Tone.WARNING, Tone.ERROR)


class VerifyPapersPresenter(QObject):
    """scan: opens the camera for codes; what it reads is told by its own dialog."""

    def __init__(self, window: MainWindow, desk: Desk, checks: CheckPapers, scan: Callable[[], object]) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._checks = checks
        self._scan = scan
        self._folder = ""
        self.dialog: VerifyPaperDialog | None = None

    def open(self) -> None:
        """Ask for a paper."""
        dialog = VerifyPaperDialog(self._window)
        dialog.code_given.connect(self.check_code)
        dialog.file_asked.connect(self._ask_file)
        dialog.scan_asked.connect(self._scan)
        dialog.destroyed.connect(self._gone)
        self.dialog = dialog
        dialog.open_once()

    def check_code(self, text: str) -> None:
        """Check the text of a code."""
        self._check(lambda: self._checks.code(text), None)

    def check_file(self, path: Path) -> None:
        """Check a PDF."""
        self._folder = str(path.parent)
        self._check(lambda: self._checks.file(path), path)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.dialog or self._window, self.tr("选择要核验的文书"), self._folder, self.tr("PDF 文书 (*.pdf)")
        )
        if name:
            self.check_file(Path(name))

    def _gone(self) -> None:
        self.dialog = None

    def _check(self, work: Callable[[], PaperCheck], path: Path | None) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        dialog.set_waiting()

        def attempt() -> tuple[PaperCheck, PaperSignature] | YichuangError:
            try:
                answer = work()
                return answer, self._checks.signature(answer, path)
            except YichuangError as error:
                return error  # told in the dialog; the notice lies behind it

        def show(answer: tuple[PaperCheck, PaperSignature] | YichuangError) -> None:
            if self.dialog is not dialog or dialog is None:
                return
            if isinstance(answer, YichuangError):
                note = f"{core_words(answer.what)} {core_words(answer.todo)}".strip()
                dialog.set_verdict(VerdictView(Tone.ERROR, core_words(answer.title), note=note))
            else:
                checked, signature = answer
                dialog.set_verdict(self._with_signature(self.view(checked, paper=path is None), signature))

        self._desk.tasks.run(attempt, show, order="verify")

    def view(self, answer: PaperCheck, *, paper: bool) -> VerdictView:
        """An answer as it is shown. paper: only a code was checked; a person has to compare the sheet."""
        rows = self._rows(answer)
        if not answer.ours:
            title = self.tr("不能确认由窗口出具")
            return VerdictView(
                Tone.ERROR, title, rows, note=core_words(answer.words) if not rows else self._why(answer)
            )
        if not answer.unaltered:
            note = self.tr("以下为出具时的内容，请以此为准；改动过的文书不要采用。")
            return VerdictView(
                Tone.ERROR, self.tr("窗口出具，但已被改动"), rows, tuple(map(core_words, answer.differences)), note
            )
        note = "" if answer.standing is Standing.CERTIFIED else self.tr("由本窗口的密钥签发，密钥还没有经平台认证。")
        if paper:
            compare = self.tr("请与纸面逐项核对，有一处不同即为改动过。")
            return VerdictView(Tone.SUCCESS, self.tr("防伪码有效"), rows, note=compare + note)
        return VerdictView(Tone.SUCCESS, self.tr("窗口出具，未经改动"), rows, note=note)

    def _with_signature(self, view: VerdictView, signature: PaperSignature) -> VerdictView:
        """The signature that was given here under the paper counts as much as the paper."""
        if signature.state is PaperSignatureState.NONE:
            return view
        at = f"{shanghai(signature.at):%Y-%m-%d %H:%M}" if signature.at else ""
        words = self._signature_words(signature).format(at, signature.quality)
        rows = (*view.rows, (self._how(signature), words))
        if signature.state is PaperSignatureState.HOLDS:
            return replace(view, rows=rows)
        if signature.state is PaperSignatureState.GONE or view.tone is Tone.ERROR:
            return replace(view, rows=rows, tone=max(view.tone, Tone.WARNING, key=_GRAVITY.index))
        note = self.tr("请不要采用，并报告负责人；需要时请当事人重新签字。")
        title = self.tr("文书的指纹不成立") if signature.finger else self.tr("文书的签字不成立")
        return VerdictView(Tone.ERROR, title, rows, view.differences, note)

    def _how(self, signature: PaperSignature) -> str:
        if not signature.finger:
            return self.tr("签字")
        return self.tr("签字、指纹") if signature.points else self.tr("指纹")

    def _signature_words(self, signature: PaperSignature) -> str:
        """{0}: when; {1}: the finger's quality."""
        match signature.state:
            case PaperSignatureState.HOLDS if signature.finger:
                return self.tr("有效：{0} 在本机看过这份文书后所按，指纹质量 {1} 分")
            case PaperSignatureState.HOLDS:
                return self.tr("有效：{0} 在本机看过这份文书后所签")
            case PaperSignatureState.PAPER_CHANGED:
                return self.tr("文件不是当事人（{0}）看过、签过的那一份")
            case PaperSignatureState.OTHER_PAPER:
                return self.tr("签字或指纹是给另一份文书的")
            case PaperSignatureState.STROKES_CHANGED:
                return self.tr("笔迹被改动过，不是当事人（{0}）签下的")
            case PaperSignatureState.MARK_CHANGED:
                return self.tr("指纹文件被改动过，不是当事人（{0}）按下的")
            case _:
                return self.tr("签于 {0}；签字文件已按规定清除，或者打不开")

    def _why(self, answer: PaperCheck) -> str:
        if answer.standing is Standing.REVOKED:
            return self.tr("签发窗口的密钥已被吊销（如设备失窃）。请凭编号到平台查询，不要只凭这份文书办理。")
        return self.tr("标注的出具时间不在签发密钥的有效期内。请凭编号到平台查询，不要只凭这份文书办理。")

    def _rows(self, answer: PaperCheck) -> tuple[tuple[str, str], ...]:
        code = answer.code
        if code is None:
            return ()
        rows = [
            (self.tr("文书"), f"{core_words(code.kind.value)}　{code.number}"),
            (self.tr("申请人"), f"{mask_name(code.name)}　{code.masked_number}".strip()),
            (self.tr("事由"), code.title),
            (self.tr("出具"), f"{shanghai(code.issued_at):%Y-%m-%d %H:%M}　{code.window}"),
        ]
        if code.cases_total:
            names = "、".join(filter(None, (name or number for number, name in code.cases)))
            more = "……" if len(code.cases) < code.cases_total else ""
            rows.append((self.tr("事项"), self.tr("{0} 项：{1}").format(code.cases_total, names + more)))
        if code.materials:
            rows.append((self.tr("材料"), self.tr("{0} 项").format(code.materials)))
        if code.gist:
            rows.append((self.tr("要点"), code.gist))
        if code.micro:
            rows.append((self.tr("微缩文字"), code.micro_text))
        if code.reprint:
            rows.append((self.tr("补打"), self.tr("第 {0} 次").format(code.reprint)))
        if code.demo:
            rows.append((self.tr("性质"), self.tr("演示文书，不具法律效力")))
        return tuple((name, words) for name, words in rows if words)
