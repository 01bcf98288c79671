"""Blocks of numbers: whoever asks in whatever order, no number is in two of them."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import BLOCKS_FROM, LAST_COUNTER
from app.domain.visit_pack import NumberBlock, free_block

DAY = dt.date(2026, 11, 22)
SIZE = 400
asks = st.lists(
    st.tuples(st.sampled_from(["M01", "M02"]), st.integers(0, 12), st.integers(0, 9)), min_size=1, max_size=25
)


def numbers(block: NumberBlock) -> set[tuple[str, dt.date, int]]:
    days = (block.to_day - block.from_day).days + 1
    return {
        (block.window_id, block.from_day + dt.timedelta(days=day), counter)
        for day in range(days)
        for counter in range(block.first, block.last + 1, SIZE - 1)
    }


@given(asks)
def test_no_number_is_in_two_blocks(wanted: list[tuple[str, int, int]]) -> None:
    given_out: list[NumberBlock] = []
    for window, start, length in wanted:
        first = DAY + dt.timedelta(days=start)
        block = free_block(given_out, window, first, first + dt.timedelta(days=length), SIZE)
        if block is not None:
            given_out.append(block)
        else:
            # Only where the day is really full.
            live = [b for b in given_out if b.window_id == window]
            assert len(live) >= (LAST_COUNTER - BLOCKS_FROM + 1) // SIZE
    for one, other in combinations(given_out, 2):
        assert not one.meets(other)
        assert numbers(one).isdisjoint(numbers(other))


def test_what_is_over_is_free_again_for_other_days_only() -> None:
    old = NumberBlock("M01", BLOCKS_FROM, BLOCKS_FROM + SIZE - 1, DAY, DAY + dt.timedelta(days=6))
    later = free_block([old], "M01", DAY + dt.timedelta(days=7), DAY + dt.timedelta(days=8), SIZE)
    assert later is not None
    assert later.first == BLOCKS_FROM, "another day makes other numbers"
    same_day = free_block([old], "M01", DAY + dt.timedelta(days=6), DAY + dt.timedelta(days=8), SIZE)
    assert same_day is not None
    assert same_day.first == BLOCKS_FROM + SIZE


def test_a_window_s_own_counters_are_in_no_block() -> None:
    with pytest.raises(ValueError, match="not a block"):
        NumberBlock("M01", BLOCKS_FROM - 1, BLOCKS_FROM + 10, DAY, DAY)
    with pytest.raises(ValueError, match="not a block"):
        NumberBlock("M01", BLOCKS_FROM, BLOCKS_FROM + 10, DAY, DAY - dt.timedelta(days=1))


def test_a_window_without_free_numbers_gets_none() -> None:
    full: list[NumberBlock] = []
    while (block := free_block(full, "M01", DAY, DAY, SIZE)) is not None:
        full.append(block)
    assert len(full) == (LAST_COUNTER - BLOCKS_FROM + 1) // SIZE
    assert free_block(full, "M02", DAY, DAY, SIZE) is not None
