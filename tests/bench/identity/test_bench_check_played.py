"""The same at the counter: the row `huzhou-ejingtong` on the real widgets, from the passport laid down to the sheet in
the printer's tray. The limit is issue 9's: 2 seconds.

Everything counts: the emulated person's 0.4 s until the passport lies, the wire, the chip's own work in this process,
both printers. Only the play's pictures do not. Ours is what is left.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import QApplication
from stage import played

from app.demo.ends import FIGURES
from app.demo.rows import played_rows
from app.presenters.player_ends import CHECK

ROW = "huzhou-ejingtong"
ROUNDS = 3
LIMIT = 2.0


def test_from_the_passport_to_the_sheet(tmp_path: Path, qapp: QApplication) -> None:
    row = next(one for one in played_rows() if one.name == ROW)
    whole = []
    for number in range(ROUNDS):
        summary = played(row, tmp_path / "profile", tmp_path / str(number))
        assert summary["ok"]
        taken = {step["id"]: step["ms"] for step in summary["steps"] if step["id"] in CHECK}
        whole.append(sum(taken.values()) / 1000)
        print(f"\n{FIGURES['check_seconds']}: {whole[-1]:.2f} {taken} ms")
    # The first is the first of this process too: libraries, fonts, certificates.
    assert max(whole) <= LIMIT
