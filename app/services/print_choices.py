"""Which printer takes which paper: remembered by the kind of paper and the paper's size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from app.domain.printing import SHAPES, PrintTarget, is_strip

KEY = "print.choices"
MOST_COPIES = 9


class Records(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...

    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Output:
    """One size of paper at this counter. slots: the printers that have it; chosen: the one, "" for none. shape: of
    SHAPES, what was chosen last for such sheets; "" where there is no choice."""

    size: str
    slots: tuple[str, ...]
    chosen: str
    copies: int = 1
    shape: str = ""

    @property
    def target(self) -> PrintTarget:
        """Where it goes, once somebody chose it."""
        return PrintTarget(self.chosen, self.shape or self.size, self.copies)

    @property
    def whole(self) -> PrintTarget:
        """The same for a file that is as it is."""
        return PrintTarget(self.chosen, self.size, self.copies)


class PrintChoices:
    """`load` reads the store, `keep` writes it: not for the event loop. The rest is quick."""

    def __init__(self, records: Records, sizes: Mapping[str, str], preview: bool) -> None:
        """sizes: as `stand`. preview: look first, until the clerk says otherwise for a kind."""
        self._records = records
        self.stand(sizes)
        self._preview = preview
        self._known: dict[str, Any] = {}

    def load(self) -> None:
        """What the clerks chose before; damaged, it begins anew: a convenience."""
        try:
            known = json.loads(self._records.setting(KEY) or "{}")
        except ValueError:
            known = {}
        self._known = known if isinstance(known, dict) else {}

    def keep(self) -> None:
        """Write it down."""
        self._records.set_setting(KEY, json.dumps(self._known, ensure_ascii=False))

    def stand(self, sizes: Mapping[str, str]) -> None:
        """The printers that stand at the counter now: slot -> paper size. What was chosen for others is kept."""
        self._sizes = dict(sizes)

    @property
    def any_printer(self) -> bool:
        """Is there a printer at all?"""
        return bool(self._sizes)

    def size_of(self, slot: str) -> str:
        """The paper in a printer; "" for one that is not there."""
        return self._sizes.get(slot, "")

    def like(self, slot: str) -> tuple[str, ...]:
        """The other printers that could take what goes to this one."""
        return tuple(s for s, size in self._sizes.items() if s != slot and size == self._sizes.get(slot))

    def outputs(self, kind: str, sheet: str = "A4") -> tuple[Output, ...]:
        """The sizes a paper of this kind can come out in, with what was chosen last. sheet: the size of its pages."""
        by_size: dict[str, list[str]] = {}
        for slot, size in self._sizes.items():
            by_size.setdefault(size if is_strip(size) else sheet, []).append(slot)
        found = []
        strips = 0
        for size, slots in by_size.items():
            said = self._known.get(f"{kind}|{size}", {})
            # Unasked, a counter with strips of two widths prints the first alone.
            usual = slots[0] if not is_strip(size) or not strips else ""
            strips += is_strip(size)
            chosen = said.get("slot", usual) if isinstance(said, dict) else usual
            copies = said.get("copies", 1) if isinstance(said, dict) else 1
            shape = said.get("shape") if isinstance(said, dict) else None
            found.append(
                Output(
                    size,
                    tuple(slots),
                    chosen if chosen in slots or chosen == "" else usual,
                    copies if type(copies) is int and 1 <= copies <= MOST_COPIES else 1,
                    (shape if shape in SHAPES else size) if size == SHAPES[0] else "",
                )
            )
        return tuple(found)

    def shape(self, kind: str) -> str:
        """The sheet that was chosen last for a kind of paper."""
        return next((output.shape for output in self.outputs(kind) if output.shape), SHAPES[0])

    def targets(self, kind: str, sheet: str = "A4", *, held: bool = False) -> tuple[PrintTarget, ...]:
        """Where a paper of this kind goes when nobody says otherwise."""
        return tuple(replace(output.target, held=held) for output in self.outputs(kind, sheet) if output.chosen)

    def preview(self, kind: str) -> bool:
        """Is a paper of this kind looked at before it is printed?"""
        said = self._known.get(f"{kind}|preview")
        return said if isinstance(said, bool) else self._preview

    def choose(self, kind: str, outputs: Sequence[Output], preview: bool) -> None:
        """The clerk chose; `keep` writes it."""
        for output in outputs:
            shape = {"shape": output.shape} if output.shape else {}
            self._known[f"{kind}|{output.size}"] = {"slot": output.chosen, "copies": output.copies, **shape}
        self._known[f"{kind}|preview"] = preview


def enlarged(targets: Iterable[PrintTarget]) -> tuple[PrintTarget, ...]:
    """The same printers, their sheets in large type; strips follow the paper (PaperRenderer.receipt)."""
    return tuple(replace(one, size=f"{one.size}-large") if f"{one.size}-large" in SHAPES else one for one in targets)


def sheet_size(pdf: bytes) -> str:
    """The size of a PDF's first page: A4, A5, or its millimetres, e.g. 100×150mm. ValueError when it is none."""
    import pypdfium2 as pdfium  # the window starts without it

    from app.documents.locks import PDFIUM

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError("not a PDF") from error
        with document:
            width, height = document[0].get_size()
    short, long = sorted((width * 25.4 / 72, height * 25.4 / 72))
    for name, wide, high in (("A4", 210, 297), ("A5", 148, 210)):
        if abs(short - wide) < 4 and abs(long - high) < 4:
            return name
    return f"{short:.0f}×{long:.0f}mm"
