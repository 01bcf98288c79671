"""The queue policy, rule by rule."""

from __future__ import annotations

import random

import pytest
from gateway_kit import make_case, page_bytes

from app.domain.case import Operation, OperationKind
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.wire import build_operations
from app.sync import policy
from app.sync.policy import Park, Wait


def wait(error: Unreachable | TryLater | Rejected, attempts: int = 0, in_a_row: int = 1, seed: int = 1) -> Wait:
    fate = policy.after_failure(error, attempts, in_a_row, random.Random(seed))
    assert isinstance(fate, Wait)
    return fate


def test_full_jitter_fills_its_range_and_no_more() -> None:
    rng = random.Random(5)
    for attempts, ceiling in ((0, 2.0), (1, 4.0), (4, 32.0), (7, 256.0), (8, 300.0), (50, 300.0), (10**6, 300.0)):
        draws = [policy.back_off(attempts, rng) for _ in range(2000)]
        assert 0.0 <= min(draws) < ceiling * 0.01
        assert ceiling * 0.99 < max(draws) <= ceiling
        assert sum(draws) / len(draws) == pytest.approx(ceiling / 2, rel=0.05)


def test_cases_go_before_files_and_keep_the_clerks_order() -> None:
    page = page_bytes(1)
    made = build_operations([make_case(1, (page,)), make_case(2, (page,))])
    numbered = [Operation(op.op_id, op.case_id, op.kind, op.body, local_seq=n) for n, op in enumerate(made)]
    ordered = policy.in_order(reversed(numbered))
    assert [(op.kind, op.local_seq) for op in ordered] == [
        (OperationKind.CASE, 0),
        (OperationKind.CASE, 2),
        (OperationKind.FILE, 1),
        (OperationKind.FILE, 3),
    ]


def test_the_line_is_never_given_up_and_three_failures_end_the_run() -> None:
    assert not wait(Unreachable("x"), in_a_row=1).ends_run
    assert not wait(Unreachable("x"), in_a_row=2).ends_run
    assert wait(Unreachable("x"), in_a_row=3).ends_run
    assert 0 <= wait(Unreachable("x"), attempts=10_000, in_a_row=3).seconds <= 300


@pytest.mark.parametrize("status", [408, 409, 425, 500, 502, 504])
def test_the_gateways_trouble_with_one_entry_leaves_the_others_alone(status: int) -> None:
    assert not wait(TryLater(None, status)).ends_run


@pytest.mark.parametrize("status", [429, 503])
def test_a_gateway_that_asks_for_peace_gets_it(status: int) -> None:
    assert wait(TryLater(None, status)).ends_run


def test_retry_after_is_the_least_that_is_waited() -> None:
    draws = [wait(TryLater(60.0, 503), seed=seed).seconds for seed in range(200)]
    assert min(draws) >= 60.0
    assert 70.0 < max(draws) <= 75.0


@pytest.mark.parametrize("status", [401, 403])
def test_what_speaks_of_the_device_parks_no_record(status: int) -> None:
    assert wait(Rejected(status, "平台不认可本机身份")).ends_run


@pytest.mark.parametrize("status", [400, 404, 405, 410, 412, 413, 415, 422, 451])
def test_every_other_4xx_parks_with_its_reason(status: int) -> None:
    fate = policy.after_failure(Rejected(status, "数据过大", "不得超过 1024 KB"), 0, 1, random.Random(1))
    assert fate == Park("数据过大：不得超过 1024 KB")
