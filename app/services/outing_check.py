"""Is everything here that a pack needs where there is no line? Answered by trying it, not by believing it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock, shanghai
from app.domain.document import PaperKind
from app.domain.errors import BadInput, YichuangError
from app.domain.item import Catalog, Item
from app.domain.visit_pack import VisitPack
from app.forms.combine import combine
from app.licences.trust_keeper import TrustKeeper
from app.services.choose_items import ChooseItems
from offline_db.store import Store

_LEAST_FREE = 1 << 30
"""Bytes that some days of pictures may need."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing that is needed. ok None: to be looked at by the clerk; False: it lacks. todo: how to get it."""

    id: str
    name: str
    ok: bool | None
    detail: str = ""
    todo: str = ""


class OutingCheck:
    """Reads files and the store: not for the event loop.

    draws: (text, what it is) -> BadInput when it holds a character that no font of ours can print. suspect: is this
    machine's clock far off the platform's? folder: where the data lies.
    """

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        choose: ChooseItems,
        trust: TrustKeeper,
        clock: Clock,
        *,
        draws: Callable[[str, str], None],
        suspect: Callable[[], bool],
        folder: Path,
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._choose = choose
        self._trust = trust
        self._clock = clock
        self._draws = draws
        self._suspect = suspect
        self._folder = folder

    def of(self, pack: VisitPack) -> tuple[Ready, ...]:
        """Everything that is needed, in the order in which a clerk would ask."""
        items, missing = self._items(pack)
        return (
            self._kept(pack),
            self._catalogue(pack, missing),
            self._forms(items),
            self._leaflets(items),
            self._fonts(pack),
            self._trusted(pack),
            self._numbers(pack),
            self._space(),
            self._time(),
        )

    def _items(self, pack: VisitPack) -> tuple[tuple[Item, ...], tuple[str, ...]]:
        found: dict[str, Item] = {}
        missing = []
        for code in pack.items:
            try:
                guide = self._choose.guide(code)
            except KeyError:
                missing.append(code)
                continue
            # Where the guide has still to be asked, any of its situations may come of it.
            found.update({item.code: item for item in guide.chosen(pack.answers.get(code, {}))})
        return tuple(found.values()), tuple(missing)

    def _kept(self, pack: VisitPack) -> Ready:
        stored = self._store.pack(pack.pack_id)
        ok = stored is not None and bool(stored.body)
        return Ready("kept", "任务包已加密保存在本机", ok, "", "" if ok else "请重新领取")

    def _catalogue(self, pack: VisitPack, missing: tuple[str, ...]) -> Ready:
        name = "事项目录"
        if missing:
            return Ready("catalog", name, False, f"本机没有 {len(missing)} 个事项", "请更新程序或事项目录后重新领取")
        if pack.catalog_version != self._catalog.version:
            detail = f"本机 {self._catalog.version}，平台 {pack.catalog_version}"
            return Ready("catalog", name, None, detail, "版本不同，出发前请更新；仍可受理")
        return Ready("catalog", name, True, f"{self._catalog.version}，与平台一致")

    def _forms(self, items: tuple[Item, ...]) -> Ready:
        try:
            form = combine(self._catalog, items)
        except BadInput as error:
            return Ready("forms", "申请表", False, error.what, "请在窗口分次受理")
        return Ready("forms", "申请表", bool(items), f"{len(items)} 个事项，{len(form.fields)} 项")

    def _leaflets(self, items: tuple[Item, ...]) -> Ready:
        uses = {material.id for item in items for material in item.materials}
        return Ready("leaflets", "材料清单和一次性告知书", True, f"{len(uses)} 种材料")

    def _fonts(self, pack: VisitPack) -> Ready:
        texts = [pack.title, pack.place, *(p.name for p in pack.people), *(f.value for f in pack.facts)]
        texts += [fact.value for person in pack.people for fact in person.facts]
        if pack.firm is not None:
            texts += [pack.firm.name, pack.firm.address]
        try:
            for text in texts:
                self._draws(text, "任务包")
        except YichuangError as error:
            return Ready("fonts", "文书字体（含生僻字）", False, error.what, error.todo)
        return Ready("fonts", "文书字体（含生僻字）", True, f"{PaperKind.ACCEPTANCE_NOTICE}可打印")

    def _trusted(self, pack: VisitPack) -> Ready:
        name = "证照信任名单"
        trust = self._trust.current
        if not trust.keys:
            return Ready("trust", name, False, "本机没有名单", "请联网更新，否则离线扫的证照都不能核验")
        date = f"{trust.date.isoformat()} 的名单"
        if trust.is_too_old(pack.expires_at, self._trust.policy):
            return Ready("trust", name, None, f"{date}，任务期内会过期", "出发前请联网更新")
        if trust.version < pack.trust_version:
            return Ready("trust", name, None, f"{date}，平台已有更新的", "出发前请联网更新")
        return Ready("trust", name, True, date)

    def _numbers(self, pack: VisitPack) -> Ready:
        block = pack.blocks[-1]
        until = shanghai(pack.expires_at)
        detail = f"每天 {block.last - block.first + 1} 个，到 {until:%m-%d %H:%M}"
        return Ready("numbers", "受理流水号", True, detail)

    def _space(self) -> Ready:
        free = shutil.disk_usage(self._folder).free
        ok = free >= _LEAST_FREE
        detail = f"剩余 {free / (1 << 30):.1f} GB"
        return Ready("space", "存放材料的空间", ok, detail, "" if ok else "请清理磁盘，至少留出 1 GB")

    def _time(self) -> Ready:
        now = f"{shanghai(self._clock.now()):%Y-%m-%d %H:%M}"
        if self._suspect():
            return Ready("time", "电脑时间", None, now, "与平台相差超过 5 分钟，请校准")
        return Ready("time", "电脑时间", True, now)
