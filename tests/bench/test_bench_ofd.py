"""An OFD e-licence: milliseconds to judge it, to draw it, to paint it; as ratios to ofdkit, which reads the text only.

Run with -s to see the figures.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import time
from collections.abc import Callable

import pytest
from ofd_kit import NOW, SealPlan, business_licence, pack, sealed, world

from app.documents.preview import pages_as_png
from app.licences.ofd.read import read_ofd
from app.licences.trust import TrustList

ROUNDS = 15


def median(work: Callable[[], object]) -> float:
    """Milliseconds; the first round warms up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def test_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    ofdkit = pytest.importorskip("ofdkit")
    trust = TrustList.load(world().trust(tmp_path_factory.mktemp("trust")))
    plain = pack(business_licence())
    one = pack(sealed(business_licence()))
    two = pack(sealed(sealed(business_licence()), plan=SealPlan(id="2"), number=1))

    def theirs() -> object:
        with ofdkit.open(io.BytesIO(one)) as document:
            return document.text()

    assert "湖州𬭚㛃理发店" in str(theirs())
    peer = median(theirs)
    read = median(lambda: read_ofd(plain, TrustList((), dt.date(2026, 11, 20)), NOW, picture=False))
    judged = median(lambda: read_ofd(one, trust, NOW, picture=False))
    twice = median(lambda: read_ofd(two, trust, NOW, picture=False))
    found = read_ofd(one, trust, NOW)
    assert found.page is not None
    page = found.page
    drawn = median(lambda: read_ofd(one, trust, NOW))
    painted = median(lambda: pages_as_png(page.pdf, page.dpi))
    for words, taken in (
        ("ofdkit, text only", peer),
        ("fields, no seal", read),
        ("fields and one seal", judged),
        ("fields and two seals", twice),
        ("fields, seal, drawn", drawn),
        ("painted, 144 dpi", painted),
    ):
        print(f"\n{words}: {taken:.1f} ms, {taken / peer:.1f} times the peer", end="")
    print()
    # Generous: what is looked for is a change of kind, not a slow machine.
    assert read < 25 * peer
    assert judged < 80 * peer
