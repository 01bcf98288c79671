"""What the presenters hand to the views: plain values, already in words for people.

Personal numbers come masked (`app.domain.person.mask`): the views show what they get.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from widgets.tone import Tone as Tone


@dataclass(frozen=True, slots=True)
class PersonView:
    """The person at the counter. number: masked. validity: e.g. 2016-03-01 至 2036-03-01 or 长期.

    source: how we know, e.g. 读卡器读取 10:32. photo: an encoded picture (PNG, JPEG, BMP) or None for a placeholder.
    note, note_tone: one line under the card, e.g. 证件将于 12 天后到期. Empty texts take no room.
    """

    name: str
    card_type: str
    number: str
    sex: str = ""
    nation: str = ""
    birth: str = ""
    validity: str = ""
    source: str = ""
    photo: bytes | None = None
    note: str = ""
    note_tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class LicenceView:
    """A scanned licence. verdict: its code; verdict_words: e.g. 签名有效（离线，信任名单 2026-11-20）.

    match: True: the holder is the person at the counter; False: someone else; None: not compared (says holder_line).
    """

    title: str
    verdict: str
    verdict_words: str
    tone: Tone
    issuer: str = ""
    holder_line: str = ""
    match: bool | None = None
    expires: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A result of the search or an entry of the cart. kind: "bundle" (一件事) or "item" (事项).

    name_spans: the parts of the name that fitted (start, end). matched: what fitted when it was not the name, with its
    own matched_spans; why: how it fitted (拼音, 同音字 …). mark: "pinned", "recent", "related", "at_once"
    or "": why it is offered before anything is typed. asks: it has questions that can be answered anew.
    """

    code: str
    kind: str
    name: str
    department: str = ""
    note: str = ""
    name_spans: tuple[tuple[int, int], ...] = ()
    matched: str = ""
    matched_spans: tuple[tuple[int, int], ...] = ()
    why: str = ""
    mark: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer to a question of the guide. leads: what it leads to, e.g. 3 种情形. chosen: answered so before."""

    value: str
    text: str
    leads: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class GuideView:
    """One question of the guide. answered: the questions before it with their answers, in words.

    left: what still fits, in words (还剩 4 种情形); items: the names of these.
    """

    title: str
    question: str
    options: tuple[OptionView, ...]
    answered: tuple[tuple[str, str], ...] = ()
    left: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A line of the checklist. status: app.domain.material.MaterialStatus's value. pages: how many are captured.

    points: acceptance points. can_tolerate, can_promise: whether T 容缺 and P 承诺 are open to this material now.
    """

    id: str
    name: str
    status: str
    status_words: str
    reason: str = ""
    points: tuple[str, ...] = ()
    pages: int = 0
    can_tolerate: bool = False
    can_promise: bool = False
    ticked: tuple[bool, ...] = ()
    """Beside each of points: did the clerk confirm it?"""
    offer: str = ""
    """What an earlier case holds of it, in words, or why that does not serve any more."""
    can_reuse: bool = False
    reused: bool = False
    hint: str = ""
    """Why it is worth another look, e.g. what its page says otherwise than the form."""

    @property
    def all_ticked(self) -> bool:
        return len(self.ticked) >= len(self.points) and all(self.ticked)


@dataclass(frozen=True, slots=True)
class LightView:
    """A device's light. state: ok, busy, warning, off or unknown. words: the state in words; detail: the tooltip.
    group: its category, A to G; group_name: that in words."""

    id: str
    name: str
    state: str
    detail: str = ""
    words: str = ""
    group: str = ""
    group_name: str = ""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An entry of the outbox. applicant: masked. next_try: e.g. 10:42 (in words; empty: not planned).

    parked: refused for good by the platform; waits for a person (重新发送 / 撤回). todo: what the clerk can do.
    """

    id: str
    number: str
    item: str
    applicant: str
    state_words: str
    tone: Tone = Tone.NEUTRAL
    reason: str = ""
    next_try: str = ""
    parked: bool = False
    kind: str = ""
    """What is to be sent, in words: 办件, 材料, 操作记录."""
    tries: int = 0
    next_at: float | None = None
    """Seconds since 1970: when the next try is due; the dialog counts down to it."""
    todo: str = ""


@dataclass(frozen=True, slots=True)
class KnownView:
    """Something known elsewhere. title: what it is; words: what it holds. open: it can be had now, with its key."""

    title: str
    words: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purpose for which data may be asked."""

    id: str
    words: str


class QueryStage(StrEnum):
    """Where the dialog of shared data stands."""

    READY = "ready"
    ASKING = "asking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One source of shared data. gain: what its answer would do, e.g. 免交 残疾人证. detail: what it said, or why not.

    warning: what disagrees with the form. can_tick: it can be asked, or its answer taken over, now. failed: no answer
    came; asking again makes sense.
    """

    id: str
    name: str
    department: str
    gain: str
    state_words: str
    tone: Tone = Tone.NEUTRAL
    detail: str = ""
    warning: str = ""
    can_tick: bool = True
    ticked: bool = True
    failed: bool = False


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something an accepted case still waits for. due: the day with how far off it is. kind: 补交材料 or 承诺核查.

    applicant: masked. who: for a check, who does it. is_check: settled by an answer, not by pages.
    """

    id: str
    due: str
    kind: str
    material: str
    applicant: str
    number: str
    item: str
    who: str = ""
    tone: Tone = Tone.NEUTRAL
    is_check: bool = False


@dataclass(frozen=True, slots=True)
class CheckCase:
    """A case about to be accepted. promise: e.g. 即办 or 承诺 5 个工作日."""

    item: str
    department: str
    promise: str = ""


@dataclass(frozen=True, slots=True)
class CheckMaterial:
    """A material as it will be accepted. note: reason or due date."""

    name: str
    status_words: str
    tone: Tone = Tone.NEUTRAL
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckView:
    """What F7 shows before anything is accepted. blockers: what forbids acceptance; warnings: what may be kept.

    online_words: what will happen on accepting, e.g. 离线受理：发临时流水号，联网后自动上传.
    """

    title: str
    applicant: str
    cases: tuple[CheckCase, ...]
    materials: tuple[CheckMaterial, ...]
    filled: str = ""
    online_words: str = ""
    warnings: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson in the list. name: "" for free practice. length: e.g. 12 步 · 约 6 分钟. tags: e.g. 故障演练, 自编.

    last: the last result in words, "" when there is none, with its tone.
    """

    name: str
    title: str
    purpose: str = ""
    length: str = ""
    tags: tuple[str, ...] = ()
    last: str = ""
    last_tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class MistakeView:
    """A line of the result: step, what happened, what would have been right, points as −3."""

    step: str
    what: str
    right: str
    points: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """A lesson's result. stars: 0 … 5. facts: label and words, e.g. 用时, 5 分 12 秒. verdict: one sentence."""

    title: str
    percent: int
    stars: int
    verdict: str
    tone: Tone
    facts: tuple[tuple[str, str], ...] = ()
    mistakes: tuple[MistakeView, ...] = ()
    can_repeat: bool = True


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """An unfinished visit in the list. key: what takes it up, "" beyond the ninth. who: masked, with the last digits.

    how_far: e.g. 已填 12/18，材料 3/6. lacks: what is named first. since: e.g. 10:32，已等 25 分钟. readable: False: it
    can only be thrown away.
    """

    draft_id: str
    key: str
    who: str
    what: str
    how_far: str
    lacks: str
    since: str
    clerk: str
    readable: bool = True
