"""Papers as jobs: the same paper is the same job, what is sent is written down first, and every end has its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from desk_parts import Parts, counter

from app.demo.world import DemoWorld
from app.domain.document import Paper
from app.domain.errors import Refused
from app.domain.printing import AGAIN, BatchState, PrintJob, PrintState, PrintTarget
from app.services.one_time_notice import OneTimeNotice
from app.services.print_batch import PrintBatch
from app.services.print_choices import KEY, PrintChoices, sheet_size
from app.services.print_papers import PrintPapers
from devices.base import Picture
from devices.kinds.output import PLAIN, PageSetup
from devices.outcome import Outcome, Reply
from offline_db.case_list import CaseFilter

PAGE, STRIP = PrintTarget("printer", "A4"), PrintTarget("receipt_printer", "80mm")
WIDTHS = {"receipt_printer": 576}


class Recorder:
    """A printer that answers as told and keeps what it got."""

    def __init__(self, *replies: Reply[str] | Exception) -> None:
        self.replies = list(replies)
        self.ids: list[str] = []
        self.sent: list[object] = []

    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        return self._answer(pdf, job_id)

    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        return self._answer(picture, job_id)

    def _answer(self, what: object, job_id: str) -> Reply[str]:
        self.ids.append(job_id)
        self.sent.append(what)
        reply = self.replies.pop(0) if self.replies else Reply(Outcome.OK, "")
        if isinstance(reply, Exception):
            raise reply
        return reply


@pytest.fixture
def parts(tmp_path: Path, world: DemoWorld) -> Iterator[Parts]:
    with counter(tmp_path / "profile", world) as made:
        yield made


def send_all(papers: PrintPapers, slot: str, printer: Recorder, most: int = 20) -> list[Reply[str]]:
    """What the print desk does for a printer, until it has nothing or the printer refuses."""
    replies: list[Reply[str]] = []
    while len(replies) < most and (found := papers.next_for(slot, 576)) is not None:
        replies.append(papers.send(*found, printer))
        if replies[-1].outcome not in (Outcome.OK, Outcome.UNKNOWN):
            break
    return replies


def stored(parts: Parts, *names: str) -> None:
    """Jobs of papers that belong to no case: their printing is the same."""
    sealed = parts.vault.seal(b"%PDF-1.4", "application/pdf").sha256
    now = parts.clock.now()
    parts.store.queue_prints(
        [PrintJob(name, "R-1", "受理通知书", "printer", "A4", now, sealed=sealed) for name in names]
    )


def states(parts: Parts) -> dict[str, PrintState]:
    return {job.slot: job.state for job in parts.store.print_jobs(parts.clock.now())}


def test_the_jobs_of_a_paper_are_of_one_commit_with_its_case(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready(), (PAGE, STRIP))
    jobs = {job.slot: job for job in parts.store.print_jobs(parts.clock.now())}
    assert jobs["printer"].job_id == acceptance.notice.job_id
    assert jobs["printer"].case_id == acceptance.cases[0].case_id
    assert parts.vault.open(jobs["printer"].sealed) == acceptance.notice.pdf
    page, strip = Recorder(), Recorder()
    assert [reply.ok for reply in send_all(parts.papers, "printer", page)] == [True]
    assert [reply.ok for reply in send_all(parts.papers, "receipt_printer", strip)] == [True]
    assert page.sent == [acceptance.notice.pdf]
    assert np.array_equal(strip.sent[0], parts.counter.renderer.receipt(acceptance.notice.paper, 576))
    assert set(states(parts).values()) == {PrintState.PRINTED}
    parts.papers.queue(acceptance.notice, (PAGE, STRIP), WIDTHS)
    assert send_all(parts.papers, "printer", page) == [], "asked for again, it is the same job"


def test_a_strip_that_was_looked_at_is_not_drawn_again_to_be_printed(parts: Parts) -> None:
    drawn: list[tuple[str, int]] = []

    def draw(paper: Paper, dots: int) -> Picture:
        drawn.append((paper.number, dots))
        return parts.counter.renderer.receipt(paper, dots)

    papers = PrintPapers(parts.store, parts.vault, parts.clock, parts.counter.duty, draw)
    paper = parts.accept.accept(parts.ready(), ()).notice
    looked_at = papers.strip_of(paper, 576)
    papers.queue(paper, (STRIP,), WIDTHS)
    assert drawn == [(paper.paper.number, 576)]
    printer = Recorder()
    assert [reply.ok for reply in send_all(papers, "receipt_printer", printer)] == [True]
    assert np.array_equal(printer.sent[0], looked_at)
    other = replace(paper, sha256="0" * 64)  # signed meanwhile: the same number, another paper
    papers.strip_of(other, 576)
    papers.strip_of(other, 384)
    assert len(drawn) == 3


def test_a_visit_that_is_refused_leaves_no_job(parts: Parts) -> None:
    with pytest.raises(Refused):
        parts.accept.accept(parts.begin(), (PAGE,))
    assert states(parts) == {}


def test_after_a_restart_the_strip_is_made_from_the_case(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready(), (STRIP,))
    later = PrintPapers(parts.store, parts.vault, parts.clock, parts.counter.duty, parts.counter.renderer.receipt)
    later.remake = parts.papers.remake
    printer = Recorder()
    assert [reply.ok for reply in send_all(later, "receipt_printer", printer)] == [True]
    assert np.array_equal(printer.sent[0], parts.counter.renderer.receipt(acceptance.notice.paper, 576)), (
        "dot for dot the same"
    )


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(Outcome.OUT_OF_PAPER, detail="打印机缺纸，请换纸"), PrintState.WAITING),
        (Reply(Outcome.FAULT, detail="打印机上盖未合上"), PrintState.WAITING),
        (Reply(Outcome.DISCONNECTED), PrintState.WAITING),
        (Reply(Outcome.UNKNOWN, detail="没有应答"), PrintState.UNKNOWN),
        (Reply(Outcome.OUT_OF_PAPER, detail="打印过程中缺纸", partly=True), PrintState.UNKNOWN),
        (RuntimeError("driver"), PrintState.UNKNOWN),
    ],
)
def test_every_end_has_its_state(parts: Parts, reply: Reply[str] | Exception, state: PrintState) -> None:
    stored(parts, "a")
    printer = Recorder(reply)
    if isinstance(reply, Exception):
        with pytest.raises(RuntimeError):
            send_all(parts.papers, "printer", printer)
    else:
        assert send_all(parts.papers, "printer", printer, most=1) == [reply]
    (job,) = parts.store.print_jobs(parts.clock.now())
    assert job.state is state
    if state is PrintState.UNKNOWN:
        assert parts.papers.next_for("printer", 576) is None
        parts.papers.settle(job, came_out=False)
    assert [again.ok for again in send_all(parts.papers, "printer", printer)] == [True]
    # A driver that remembers what it has sent must not swallow what a person has asked for.
    assert len(set(printer.ids)) == (2 if state is PrintState.UNKNOWN else 1)


def test_called_off_while_it_was_being_made_nothing_is_sent(parts: Parts) -> None:
    stored(parts, "a")
    found = parts.papers.next_for("printer", 576)
    assert found is not None
    parts.papers.cancel([found[0]])
    printer = Recorder()
    assert parts.papers.send(*found, printer).outcome is Outcome.CANCELLED
    assert printer.sent == []


def test_copies_are_jobs_of_their_own(parts: Parts) -> None:
    parts.accept.accept(parts.ready(), (replace(PAGE, copies=3),))
    printer = Recorder(Reply(Outcome.OK, ""), Reply(Outcome.UNKNOWN))
    send_all(parts.papers, "printer", printer)
    assert len(printer.sent) == 3
    found = [job.state for job in parts.store.print_jobs(parts.clock.now())]
    assert sorted(found) == ["printed", "printed", "unknown"], "one copy's fate is not the others'"


def test_looked_at_first_it_goes_where_the_clerk_says_and_nowhere_else(parts: Parts) -> None:
    held = (replace(PAGE, held=True), replace(STRIP, held=True))
    acceptance = parts.accept.accept(parts.ready(), held)
    assert parts.papers.next_for("printer", 576) is None
    parts.papers.let_go(acceptance.notice, (PrintTarget("printer_2", "A4"),), WIDTHS)
    assert parts.papers.next_for("printer", 576) is None
    assert [reply.ok for reply in send_all(parts.papers, "printer_2", Recorder())] == [True]
    assert states(parts) == {"printer_2": PrintState.PRINTED, "receipt_printer": PrintState.CANCELLED}


def test_a_paper_without_a_case_lies_in_the_vault_strip_and_all(parts: Parts) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), "open-a-barber-shop")
    notice = OneTimeNotice(parts.counter).make(visit)
    jobs = parts.papers.queue(notice, (PAGE, STRIP), WIDTHS)
    assert [job.case_id for job in jobs] == ["", ""]
    later = PrintPapers(parts.store, parts.vault, parts.clock, parts.counter.duty, parts.counter.renderer.receipt)
    page, strip = Recorder(), Recorder()
    send_all(later, "printer", page)
    send_all(later, "receipt_printer", strip)
    assert page.sent == [notice.pdf]
    assert np.array_equal(strip.sent[0], parts.counter.renderer.receipt(notice.paper, 576))


def test_one_more_print_says_so_has_a_reason_and_keeps_its_number(parts: Parts) -> None:
    parts.accept.accept(parts.ready(), (PAGE,))
    send_all(parts.papers, "printer", Recorder())
    (first,) = parts.store.print_jobs(parts.clock.now())
    parts.papers.again(first, "卡纸，打印不清")
    printer = Recorder(Reply(Outcome.OUT_OF_PAPER))
    send_all(parts.papers, "printer", printer)
    send_all(parts.papers, "printer", printer)
    assert printer.sent[0] == printer.sent[1], "the same reprint, tried twice"
    made = [entry for entry in parts.store.audit_entries() if entry.action == "paper.reprinted"]
    assert len(made) == 1
    assert "卡纸，打印不清" in made[0].details
    again = next(job for job in parts.store.print_jobs(parts.clock.now()) if job.reason)
    assert again.reprint == 1


def test_a_paper_that_cannot_be_made_any_more_does_not_stop_the_printer(parts: Parts) -> None:
    now = parts.clock.now()
    lost = PrintJob("lost", "R-1", "受理通知书", "printer", "A4", now, sealed="ab" * 32)
    fine = parts.vault.seal(b"%PDF-1.4", "application/pdf").sha256
    parts.store.queue_prints([lost, replace(lost, job_id="fine", sealed=fine)])
    printer = Recorder()
    assert [reply.ok for reply in send_all(parts.papers, "printer", printer)] == [True]
    found = {job.job_id: job for job in parts.store.print_jobs(now)}
    assert (found["lost"].state, found["fine"].state) == (PrintState.HELD, PrintState.PRINTED)
    assert found["lost"].detail


# ---------------------------------------------------------------------------------------------------- batches


def test_a_batch_prints_what_was_not_printed_as_it_was_and_the_rest_as_a_reprint(parts: Parts) -> None:
    first = parts.accept.accept(parts.ready(), (PAGE,))
    second = parts.accept.accept(parts.ready())
    send_all(parts.papers, "printer", Recorder())
    batch = PrintBatch(parts.store, parts.clock, parts.counter.duty)
    papers = batch.papers(parts.store.list_cases(CaseFilter()))
    assert {paper.number: paper.printed for paper in papers} == {
        first.notice.paper.number: True,
        second.notice.paper.number: False,
    }
    begun = batch.start("一批", papers, PAGE, "遗失")
    printer = Recorder()
    send_all(parts.papers, "printer", printer)
    assert second.notice.pdf in printer.sent, "byte for byte the first print"
    assert first.notice.pdf not in printer.sent
    ended = batch.progress(begun.batch_id)
    assert ended is not None
    assert (ended.state, ended.printed) == (BatchState.DONE, 2)
    reprints = [job.reprint for job in batch.jobs(begun.batch_id)]
    assert sorted(reprints) == [0, 1]


def test_from_the_nth_on(parts: Parts) -> None:
    for _ in range(3):
        parts.accept.accept(parts.ready())
    batch = PrintBatch(parts.store, parts.clock, parts.counter.duty)
    papers = batch.papers(parts.store.list_cases(CaseFilter()))
    begun = batch.start("一批", papers, STRIP)
    with pytest.raises(Refused, match="没有这么多份"):
        batch.again_from(begun.batch_id, 9)
    send_all(parts.papers, "receipt_printer", Recorder(), most=2)
    again = batch.again_from(begun.batch_id, 2, "打印不清")
    old = batch.progress(begun.batch_id)
    assert old is not None
    assert (old.state, old.printed, old.cancelled) == (BatchState.STOPPED, 2, 1)
    jobs = batch.jobs(again.batch_id)
    assert [(job.paper_number, job.reprint) for job in jobs] == [(papers[1].number, AGAIN), (papers[2].number, 0)]
    with pytest.raises(Refused, match="还有一批"):
        batch.start("另一批", papers, STRIP)
    with pytest.raises(Refused, match="没有选中"):
        batch.start("空", [], STRIP)
    assert len(send_all(parts.papers, "receipt_printer", Recorder())) == 2


# ---------------------------------------------------------------------------------------------------- choices


class Memory:
    def __init__(self, text: str | None = None) -> None:
        self.text = text

    def setting(self, key: str) -> str | None:
        assert key == KEY
        return self.text

    def set_setting(self, key: str, value: str) -> None:
        self.text = value


SIZES = {"printer": "A4", "printer_2": "A4", "receipt_printer": "80mm"}


def test_a_choice_is_remembered_for_its_kind_and_size() -> None:
    memory = Memory()
    choices = PrintChoices(memory, SIZES, preview=False)
    usual = choices.targets("受理通知书")
    assert usual == (PAGE, STRIP)
    page, strip = choices.outputs("受理通知书")
    choices.choose("受理通知书", (replace(page, chosen="printer_2", copies=2), replace(strip, chosen="")), preview=True)
    choices.keep()
    later = PrintChoices(memory, SIZES, preview=False)
    later.load()
    assert later.targets("受理通知书", held=True) == (PrintTarget("printer_2", "A4", 2, True),)
    assert later.targets("受理通知书", "A5") == (PrintTarget("printer", "A5"),), "another size is another choice"
    assert later.targets("一次性告知书") == usual
    assert later.preview("受理通知书")
    assert not later.preview("一次性告知书")
    assert later.like("printer") == ("printer_2",)
    assert later.like("receipt_printer") == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"受理通知书|A4": 7}', '{"受理通知书|A4": {"slot": "gone", "copies": 99}}']
)
def test_damaged_choices_begin_anew(text: str) -> None:
    choices = PrintChoices(Memory(text), SIZES, preview=False)
    choices.load()
    assert choices.targets("受理通知书")[0] == PAGE


def test_two_widths_of_strips_do_not_both_print_unasked() -> None:
    sizes = {"receipt_printer": "80mm", "receipt_printer_2": "58mm"}
    choices = PrintChoices(Memory(), sizes, preview=False)
    assert choices.targets("受理通知书") == (STRIP,)
    assert len(choices.outputs("受理通知书")) == 2


def test_the_size_of_a_pdf(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    assert sheet_size(acceptance.notice.pdf) == "A4"
    with pytest.raises(ValueError, match="not a PDF"):
        sheet_size(b"x")


@pytest.mark.parametrize(("size", "wide", "high"), [("A4-large", 210, 297), ("A5", 148, 210), ("A5-large", 148, 210)])
def test_a_paper_comes_out_on_the_sheet_that_was_chosen(parts: Parts, size: str, wide: int, high: int) -> None:
    """Of the same commit as its case, made when its turn comes; the same words as on A4."""
    made = parts.accept.accept(parts.ready(), (PrintTarget("printer", size),))
    (job,) = parts.store.print_jobs(parts.clock.now())
    assert (job.size, job.sealed) == (size, "")
    later = PrintPapers(
        parts.store, parts.vault, parts.clock, parts.counter.duty, parts.counter.renderer.receipt,
        parts.counter.renderer.on_sheet,
    )  # fmt: skip
    later.remake = partial(parts.my_cases().remake, demo=True)
    for papers in (parts.papers, later):  # at once, and after a restart
        pdf = papers.sheet(job).pdf
        with pdfium.PdfDocument(pdf) as document:
            assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [wide, high]
            said = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert made.notice.paper.number in said
        assert pdf == parts.counter.renderer.on_sheet(made.notice.paper, size)


def test_two_sheets_of_one_paper_are_two_jobs(parts: Parts) -> None:
    targets = (PrintTarget("printer", "A4"), PrintTarget("printer_2", "A5"))
    parts.accept.accept(parts.ready(), targets)
    jobs = parts.store.print_jobs(parts.clock.now())
    assert len({job.job_id for job in jobs}) == 2
    sizes = [job.size for job in jobs]
    assert sorted(sizes) == ["A4", "A5"]
