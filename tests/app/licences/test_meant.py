"""Several codes before the camera: which one was meant, and when nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.licence import CodeKind, ScannedCode
from app.licences.kinds import Recognised
from app.licences.meant import Seen, meant

SIZE = (1280, 720)


def seen(text: str, kind: CodeKind, x: int, y: int, side: int) -> Seen:
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    return ScannedCode("QRCode", text, corners), Recognised(text, kind)


def names(found: tuple[Seen, ...]) -> list[str]:
    return [code.text for code, _ in found]


OPAQUE, LEAFLET, OTHER = CodeKind.OPAQUE_LICENCE, CodeKind.LEAFLET, CodeKind.OTHER


def test_a_licence_goes_before_the_leaflet_beside_it_whatever_their_size() -> None:
    found = meant([seen("leaflet", LEAFLET, 300, 100, 500), seen("licence", OPAQUE, 10, 10, 80)], SIZE)
    assert names(found) == ["licence"]


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        ([seen("small", OPAQUE, 0, 0, 100), seen("large", OPAQUE, 700, 300, 140)], ["large"]),
        ([seen("edge", OPAQUE, 0, 0, 100), seen("middle", OPAQUE, 600, 300, 100)], ["middle"]),
        ([seen("right", OPAQUE, 800, 310, 100), seen("left", OPAQUE, 380, 310, 100)], ["left", "right"]),
        ([seen("same", OPAQUE, 0, 0, 100), seen("same", OPAQUE, 700, 300, 100)], ["same"]),
        ([seen("pay", OTHER, 0, 0, 50), seen("wlan", OTHER, 600, 300, 60)], ["wlan"]),
        ([seen("pay", OTHER, 0, 0, 50), seen("what", CodeKind.UNKNOWN, 600, 300, 60)], ["pay"]),
        ([], []),
    ],
)
def test_which_one_was_meant(codes: list[Seen], wanted: list[str]) -> None:
    assert names(meant(codes, SIZE)) == wanted


def test_no_more_than_the_digits_can_choose() -> None:
    codes = [seen(str(n), OPAQUE, 100 * n, 200 * (n % 2), 80) for n in range(12)]
    assert len(meant(codes, (1280, 280))) <= 9


_boxes = st.tuples(st.integers(0, 1200), st.integers(0, 700), st.integers(0, 400), st.sampled_from(list(CodeKind)))


@given(st.lists(_boxes, max_size=12))
def test_the_answer_is_among_what_was_seen_and_does_not_hang_on_the_order(boxes: list[tuple[int, ...]]) -> None:
    codes = [seen(f"c{n}", kind, x, y, side) for n, (x, y, side, kind) in enumerate(boxes)]  # type: ignore[arg-type]
    found = meant(codes, SIZE)
    assert set(names(found)) <= {code.text for code, _ in codes}
    assert bool(found) is bool(codes)
    assert len(names(meant(codes[::-1], SIZE))) == len(found)
