"""What a hostile text costs, beside a plain pass over the same text in the same run: nobody can stop the window."""

from __future__ import annotations

import base64
import time
import unicodedata
import zlib

import pytest

from app.domain.clock import SystemClock
from app.licences.kinds import look_at
from app.licences.kinds_file import shipped_rules
from app.licences.shown import oddities, shown
from app.licences.trust import TrustList
from app.licences.verify import read_licence

HOSTILE = {
    "7 kB of digits": "1" * 7000,
    "7 kB of words": "A1-" * 2333,
    "an address without end": "https://x.gov.cn/" + "a/" * 3400,
    "all but a firm's code": "统一社会信用代码：" + "1" * 990,
    "spaces": " \t" * 3500 + "x",
    "direction marks": "\u202e" * 7000,
    "marks upon marks": "e" + "\u0301" * 7000,
    "a nested bomb": "YC1:" + base64.b32encode(zlib.compress(zlib.compress(bytes(40 << 20)))).decode()[:7000],
}


def cpu(work: object, times: int = 20) -> float:
    assert callable(work)
    least = float("inf")
    for _ in range(times):
        started = time.thread_time()
        work()
        least = min(least, time.thread_time() - started)
    return max(least, 1e-6)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_costs_little_more_than_looking_at_it(name: str) -> None:
    text, rules = HOSTILE[name], shipped_rules()
    trust = TrustList((), SystemClock().now().date())
    # The peer is as simple as a look at a text can be: the category of each of 8192 characters.
    peer = cpu(lambda: [unicodedata.category(char) for char in text.ljust(8192, "x")])
    at = SystemClock().now()

    def judge() -> None:
        look_at(text, rules)
        shown(text)
        oddities(text)
        read_licence(text, trust, at)

    ratio = cpu(judge) / peer
    print(f"{name}: {ratio:.1f} x, {cpu(judge) * 1000:.2f} ms")
    assert ratio <= 20
