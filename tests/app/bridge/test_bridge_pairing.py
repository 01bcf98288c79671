"""Pairing: one code, one origin, two minutes, five tries; a token that only its hash is kept of."""

from __future__ import annotations

import datetime as dt

import pytest
from bridge_kit import ORIGINS, OTHER, PAGE, STRANGER, Memory, at_noon, room

from app.bridge.pairing import CODE_SECONDS, KEY, TRIES, Pairings
from app.bridge.problems import Problem
from app.domain.clock import FixedClock
from app.domain.errors import Refused


def desk(memory: Memory | None = None) -> tuple[Pairings, FixedClock, Memory]:
    memory, clock = memory or Memory(), FixedClock(at_noon())
    return Pairings(memory, clock, ORIGINS), clock, memory


def refused(pairings: Pairings, origin: str, code: str) -> str:
    with pytest.raises(Problem) as caught:
        pairings.redeem(origin, code)
    return caught.value.name


def test_a_code_buys_one_token_for_its_origin() -> None:
    pairings, _, memory = desk()
    code, _ = pairings.offer_code(PAGE, "李敏")
    token = pairings.redeem(PAGE, code)
    assert pairings.knows(PAGE, token)
    assert not pairings.knows(OTHER, token)
    assert refused(pairings, PAGE, code) == "no-code"
    assert token not in memory.settings[KEY]
    assert [(event.action, event.clerk, event.subject) for event in memory.trail] == [("bridge.paired", "李敏", PAGE)]


def test_a_code_is_for_nobody_else() -> None:
    pairings, _, _ = desk()
    code, _ = pairings.offer_code(PAGE, "李敏")
    assert refused(pairings, OTHER, code) == "no-code"
    assert pairings.redeem(PAGE, code)


def test_a_code_dies_of_age_and_of_wrong_tries() -> None:
    pairings, clock, _ = desk()
    code, until = pairings.offer_code(PAGE, "李敏")
    assert until == clock.now() + dt.timedelta(seconds=CODE_SECONDS)
    clock.advance(dt.timedelta(seconds=CODE_SECONDS))
    assert refused(pairings, PAGE, code) == "no-code"
    code, _ = pairings.offer_code(PAGE, "李敏")
    wrong = "000000" if code != "000000" else "111111"
    assert [refused(pairings, PAGE, wrong) for _ in range(TRIES)] == ["wrong-code"] * TRIES
    assert refused(pairings, PAGE, code) == "no-code"


def test_guessing_is_slowed_down_over_many_codes() -> None:
    pairings, clock, _ = desk()
    names = []
    for _ in range(4):
        code, _ = pairings.offer_code(PAGE, "李敏")
        wrong = "000000" if code != "000000" else "111111"
        names += [refused(pairings, PAGE, wrong) for _ in range(3)]
    assert names.count("too-often") == 2
    clock.advance(dt.timedelta(seconds=60))
    code, _ = pairings.offer_code(PAGE, "李敏")
    assert pairings.redeem(PAGE, code)


def test_a_code_that_was_withdrawn_or_replaced_is_void() -> None:
    pairings, _, _ = desk()
    first, _ = pairings.offer_code(PAGE, "李敏")
    pairings.withdraw_code()
    assert refused(pairings, PAGE, first) == "no-code"
    old, _ = pairings.offer_code(PAGE, "李敏")
    new, _ = pairings.offer_code(PAGE, "李敏")
    if old != new:
        assert refused(pairings, PAGE, old) == "wrong-code"
    assert pairings.redeem(PAGE, new)


def test_pairing_again_voids_the_token_before() -> None:
    pairings, _, _ = desk()
    tokens = [pairings.redeem(PAGE, pairings.offer_code(PAGE, "李敏")[0]) for _ in range(2)]
    assert [pairings.knows(PAGE, token) for token in tokens] == [False, True]


def test_pairings_survive_a_restart_and_revoking_ends_them() -> None:
    pairings, _, memory = desk()
    token = pairings.redeem(PAGE, pairings.offer_code(PAGE, "李敏")[0])
    pairings.admit_old(OTHER, "李敏")
    again, _, _ = desk(memory)
    assert again.knows(PAGE, token)
    assert again.may_use_old(OTHER)
    assert again.revoke(PAGE, "王芳")
    assert again.revoke(OTHER, "王芳")
    assert not again.revoke(PAGE, "王芳")
    later, _, _ = desk(memory)
    assert not later.knows(PAGE, token)
    assert not later.may_use_old(OTHER)
    assert [event.action for event in memory.trail].count("bridge.revoked") == 2


def test_who_left_the_list_is_paired_no_more() -> None:
    pairings, clock, memory = desk()
    token = pairings.redeem(PAGE, pairings.offer_code(PAGE, "李敏")[0])
    pairings.admit_old(PAGE, "李敏")
    fewer = Pairings(memory, clock, {OTHER: "开户系统"})
    assert not fewer.knows(PAGE, token)
    assert not fewer.may_use_old(PAGE)


def test_a_stranger_gets_no_code_and_no_leave() -> None:
    pairings, _, memory = desk()
    with pytest.raises(Refused):
        pairings.offer_code(STRANGER, "李敏")
    with pytest.raises(Refused):
        pairings.admit_old(STRANGER, "李敏")
    assert not memory.trail


def test_what_cannot_be_written_down_is_not_paired() -> None:
    pairings, _, memory = desk()
    memory.broken = Refused("磁盘已满")
    code, _ = pairings.offer_code(PAGE, "李敏")
    with pytest.raises(Refused):
        pairings.redeem(PAGE, code)
    assert not pairings.system(PAGE).token


@pytest.mark.parametrize(
    "kept", ["{", "[1]", '[{"origin": "x", "evil": 1}]', '[{"origin": "x", "at": "gestern"}]', "null"]
)
def test_a_damaged_list_pairs_nobody(kept: str) -> None:
    memory = Memory()
    memory.settings[KEY] = kept
    assert not desk(memory)[0].system("x").token


def test_pairing_and_leaving_from_the_page() -> None:
    with room({}) as there:
        page = there.page(paired=False)
        assert page("GET", "/v1/devices").status_code == 401
        assert there.clerk.strangers
        assert page("POST", "/v1/pair", {"code": "000000"}).json()["type"].endswith("no-code")
        for wrong in ({"code": "12345"}, {"code": 123456}, {"code": "123456", "x": 1}, [], {"code": "12345\n"}):
            assert page("POST", "/v1/pair", wrong).status_code == 422
        code, _ = there.bridge.pairings.offer_code(PAGE, "李敏")
        said = page("POST", "/v1/pair", {"code": code}).json()
        assert said["system"] == "婚姻登记系统"
        page.token = said["token"]
        assert page("GET", "/v1/devices").status_code == 200
        thief = there.page(OTHER, paired=False)
        thief.token = page.token
        assert thief("GET", "/v1/devices").status_code == 401
        assert page("DELETE", "/v1/pair").status_code == 204
        assert page("GET", "/v1/devices").status_code == 401
