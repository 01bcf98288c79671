"""Who may sign what where, what is revoked and how, how old a list may be, and what a doubtful clock does."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from licence_kit import IDENTIFIER, NOW, MakeText, write_list

from app.domain.errors import EnvironmentProblem
from app.domain.fact import Verdict
from app.licences.cose import SigningKey
from app.licences.keys import Scope
from app.licences.trust import AgePolicy, TrustList, identifier_hash
from app.licences.verify import CLOCK_WARNING, read_licence

DAY = dt.timedelta(days=1)
POLICY = AgePolicy(warn_days=7, refuse_days=30)
TYPE = "real_estate_certificate"


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        ([{"types": [TYPE], "regions": ["3305"]}], True),
        ([{"types": [TYPE], "regions": ["3301"]}], False),
        ([{"types": ["business_licence"], "regions": ["3305"]}], False),
        # Each half fits, but not together.
        ([{"types": [TYPE], "regions": ["3301"]}, {"types": ["business_licence"], "regions": ["3305"]}], False),
        ([{"types": [TYPE], "regions": ["3301"]}, {"types": [TYPE], "regions": ["33"]}], True),
        ([{"regions": ["330500"]}], True),
        ([{"types": [IDENTIFIER.type_code]}], True),
        ([], True),
    ],
)
def test_an_issuer_signs_its_kinds_in_its_regions(
    make_text: MakeText, folder: Path, scopes: list[dict[str, Any]], allowed: bool
) -> None:
    write_list(folder, scopes=scopes)
    reading = read_licence(make_text(), TrustList.load(folder), NOW)
    assert reading.verdict is (Verdict.SIGNATURE_VALID if allowed else Verdict.INVALID)
    assert ("无权签发" in reading.reason) is not allowed


def test_a_scope_without_regions_holds_for_a_licence_that_names_none() -> None:
    assert Scope(frozenset({"a"}), ("3305",)).allows(frozenset({"a"}), None)
    assert not Scope(frozenset({"a"})).allows(frozenset({"b"}), None)


@pytest.mark.parametrize("length", [16, 20, 64])
def test_a_list_by_hash_revokes_without_naming(make_text: MakeText, folder: Path, length: int) -> None:
    part = identifier_hash(str(IDENTIFIER))[:length]
    write_list(folder, revoked=[{"hash": part.upper()}])
    assert read_licence(make_text(), TrustList.load(folder), NOW).verdict is Verdict.REVOKED
    assert str(IDENTIFIER.serial) not in (folder / "trust.json").read_text("utf-8")
    write_list(folder, revoked=[{"hash": f"{int(part, 16) ^ 1:0{length}x}"}])
    assert read_licence(make_text(), TrustList.load(folder), NOW).verdict is Verdict.SIGNATURE_VALID


@pytest.mark.parametrize(
    "entry",
    [{"hash": "abc"}, {"hash": "x" * 16}, {"hash": 5}, {"kid": ""}, {"kid": "00", "from": "gestern"}, {}, "", 7, None],
)
def test_a_broken_entry_makes_the_whole_list_broken(folder: Path, entry: Any) -> None:
    """A revocation that cannot be read must not be passed over."""
    write_list(folder, revoked=[entry])
    with pytest.raises(EnvironmentProblem):
        TrustList.load(folder)


def test_a_key_counts_until_the_day_it_was_lost(
    make_text: MakeText, folder: Path, certified: tuple[SigningKey, bytes]
) -> None:
    lost = NOW - 20 * DAY
    write_list(folder, revoked=[{"kid": certified[0].kid.hex(), "from": lost.isoformat()}])
    trust = TrustList.load(folder)
    assert read_licence(make_text(issued=lost - dt.timedelta(seconds=1)), trust, NOW).verdict is Verdict.SIGNATURE_VALID
    late = read_licence(make_text(issued=lost), trust, NOW)
    assert late.verdict is Verdict.INVALID
    assert "2026-11-01" in late.reason
    assert not late.holder


def test_a_key_lost_at_an_unknown_time_counts_for_nothing(
    make_text: MakeText, folder: Path, certified: tuple[SigningKey, bytes]
) -> None:
    kid = certified[0].kid.hex()
    write_list(folder, revoked=[{"kid": kid}, {"kid": kid, "from": NOW.isoformat()}])
    trust = TrustList.load(folder)
    assert read_licence(make_text(), trust, NOW).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("days", "old", "too_old"),
    [(0, False, False), (8, False, False), (9, True, False), (31, True, False), (32, True, True)],
)
def test_age_in_whole_days(trust: TrustList, days: int, old: bool, too_old: bool) -> None:
    """The list is of 2026-11-20, one day before NOW."""
    at = NOW + (days - 1) * DAY
    assert trust.age(at) == max(days, 0)
    policy = AgePolicy(warn_days=8, refuse_days=31)
    assert (trust.is_old(at, policy), trust.is_too_old(at, policy)) == (old, too_old)
    never = AgePolicy(0, 0)
    assert (trust.is_old(at, never), trust.is_too_old(at, never)) == (False, False)


def test_the_lists_own_last_day(folder: Path) -> None:
    document = json.loads((folder / "trust.json").read_text("utf-8")) | {"valid_until": "2026-11-25"}
    (folder / "trust.json").write_text(json.dumps(document), "utf-8")
    trust = TrustList.load(folder)
    last = dt.datetime(2026, 11, 25, 15, 59, tzinfo=dt.UTC)  # 23:59 in legal time
    assert not trust.is_too_old(last, POLICY)
    assert trust.is_too_old(last + dt.timedelta(minutes=1), POLICY)


def test_an_old_list_proves_nothing_and_says_so(make_text: MakeText, trust: TrustList) -> None:
    late = NOW + 31 * DAY
    reading = read_licence(make_text(), trust, late, policy=POLICY)
    assert reading.verdict is Verdict.CAPTURED_UNVERIFIED
    assert "32 天未更新" in reading.reason
    assert reading.holder["name"] == "王𠮷"
    assert read_licence(make_text(), trust, late).verdict is Verdict.SIGNATURE_VALID
    assert read_licence(make_text(), trust, NOW, policy=POLICY).verdict is Verdict.SIGNATURE_VALID


def test_an_old_list_still_refuses_and_revokes(make_text: MakeText, folder: Path) -> None:
    write_list(folder, revoked=[str(IDENTIFIER)])
    trust, late = TrustList.load(folder), NOW + 31 * DAY
    assert read_licence(make_text(), trust, late, policy=POLICY).verdict is Verdict.REVOKED
    stranger = read_licence(make_text(SigningKey.generate()), trust, late, policy=POLICY)
    assert stranger.verdict is Verdict.INVALID
    assert "请先更新名单" in stranger.reason


def test_a_doubtful_clock_is_said_wherever_a_date_was_weighed(make_text: MakeText, trust: TrustList) -> None:
    def reason(text: str) -> str:
        return read_licence(text, trust, NOW, clock_suspect=True).reason

    for expires in (NOW + DAY, NOW - DAY):
        assert reason(make_text(expires=expires)).endswith(CLOCK_WARNING)
    assert reason(make_text(issued=NOW + DAY)).endswith(CLOCK_WARNING)
    assert CLOCK_WARNING not in reason(make_text(SigningKey.generate()))
    assert CLOCK_WARNING not in read_licence(make_text(), trust, NOW).reason
