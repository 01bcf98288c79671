"""What is accepted comes back whole, and is one commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from app.domain.case import CaseState, OperationKind
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, Defect, Refused
from app.domain.numbering import provisional_number
from app.domain.sending import Acked
from offline_db.store import Store
from offline_db.vault import Vault
from tests.offline_db.made_up_cases import RARE, made_case, made_event, made_operation


def test_an_accepted_case_comes_back_as_it_was(open_store: Callable[[], Store]) -> None:
    case = made_case()
    operations = [made_operation(case), made_operation(case, OperationKind.FILE)]
    first = open_store()
    first.accept([case], operations, [made_event()])
    first.close()
    store = open_store()
    assert store.case(case.case_id) == case
    assert store.cases() == [case]
    stored = store.outbox()
    assert [(o.op_id, o.kind, o.body) for o in stored] == [(o.op_id, o.kind, o.body) for o in operations]
    assert [o.local_seq for o in stored] == [1, 2]
    assert [c.ok for c in store.verify_audit()] == [True]


def test_a_bundle_is_one_commit_and_its_draft_goes(store: Store) -> None:
    store.save_draft("visit-1", '{"step": 3}')
    store.save_draft("visit-2", "{}")
    cases = [made_case(), made_case(item_name="食品经营许可")]
    store.accept(cases, [made_operation(c) for c in cases], [made_event(), made_event()], drop_draft="visit-1")
    assert store.cases() == cases[::-1]
    assert [draft.draft_id for draft in store.drafts()] == ["visit-2"]


@pytest.mark.parametrize("spoilt", ["case", "operation", "event"])
def test_when_the_last_part_fails_nothing_is_stored(store: Store, spoilt: str) -> None:
    old = made_case()
    old_entry = made_operation(old)
    store.accept([old], [old_entry], [made_event()])
    store.save_draft("visit-9", "{}")
    cases = [made_case(), made_case()]
    entries = [made_operation(c) for c in cases]
    events = [made_event()]
    expected: type[Exception] = Refused
    if spoilt == "case":
        cases[1] = made_case(provisional_no=old.provisional_no)
    elif spoilt == "operation":
        entries[1] = made_operation(cases[1], op_id=old_entry.op_id)
    else:
        events.append(made_event(secret=object()))
        expected = TypeError
    with pytest.raises(expected):
        store.accept(cases, entries, events, drop_draft="visit-9")
    assert store.cases() == [old]
    assert [o.op_id for o in store.outbox()] == [old_entry.op_id]
    assert len(store.verify_audit()) == 1
    assert store.find("张伟") == [old]
    assert len(store.drafts()) == 1


def test_half_a_surrogate_pair_is_refused_in_words_and_not_repeated(store: Store) -> None:
    with pytest.raises(BadInput, match="不完整的字符") as caught:
        store.accept([made_case(applicant_name="秘\ud842")], [], [])
    assert "秘" not in str(caught.value)
    assert store.cases() == []


def test_a_page_that_is_not_sealed_cannot_be_accepted(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    vault = Vault(tmp_path_factory.mktemp("vault"), bytes(32))
    store._vault = vault
    case = made_case()
    with pytest.raises(Defect, match="没有封存"):
        store.accept([case], [], [])
    assert store.cases() == []


def test_newest_first_goes_by_acceptance_not_by_the_clock(store: Store) -> None:
    for days in (0, -4000, 3, -1):
        case = made_case(accepted_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC) + dt.timedelta(days=days))
        store.accept([case], [], [])
    assert [c.accepted_at.date().isoformat() for c in store.cases(limit=3)] == [
        "2026-11-20",
        "2026-11-24",
        "2015-12-09",
    ]


def test_cases_of_one_state(store: Store) -> None:
    cases = [made_case(), made_case(), made_case()]
    store.accept(cases, [], [])
    store.set_case_state(cases[1].case_id, CaseState.DURABLE)
    assert [c.case_id for c in store.cases(state=CaseState.DURABLE)] == [cases[1].case_id]
    with pytest.raises(Defect):
        store.set_case_state("nobody", CaseState.ACKED)


def test_unknown_case(store: Store) -> None:
    assert store.case("no such") is None


class TestFind:
    @pytest.fixture
    def people(self, store: Store) -> dict[str, str]:
        found = {}
        names = ("欧阳娜娜", f"王{RARE}", "John Smith", "买买提·吐尔逊", "王伟", "𬭚𠮷")
        for serial, name in enumerate(names):
            number = f"99010119900101{serial:03d}X"
            case = made_case(applicant_name=name, applicant_number=number)
            store.accept([case], [made_operation(case)], [])
            found[name] = case.case_id
        return found

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("娜娜", "欧阳娜娜"),
            ("阳娜", "欧阳娜娜"),
            ("𠮷䶮", f"王{RARE}"),
            ("䶮𬭚", f"王{RARE}"),
            ("𬭚𠮷", "𬭚𠮷"),
            ("smith", "John Smith"),
            ("JOHN S", "John Smith"),
            ("买买提吐尔逊", "买买提·吐尔逊"),
            ("王伟", "王伟"),
        ],
    )
    def test_by_two_or_more_characters_of_the_name(
        self, store: Store, people: dict[str, str], text: str, name: str
    ) -> None:
        assert [c.case_id for c in store.find(text)] == [people[name]]

    @pytest.mark.parametrize("text", ["", " ", "王", "娜欧", "阳阳", '"', '王"* OR', "伟王", "01%", "_____X"])
    def test_finds_nothing(self, store: Store, people: dict[str, str], text: str) -> None:
        assert store.find(text) == []

    def test_by_the_end_of_the_id_number(self, store: Store, people: dict[str, str]) -> None:
        assert [c.applicant_name for c in store.find("01004x")] == ["王伟"]
        assert [c.applicant_name for c in store.find(" 99010119900101004X ")] == ["王伟"]
        assert store.find("1004X") == []

    def test_by_numbers(self, store: Store, clock: FixedClock) -> None:
        case = made_case(provisional_no=provisional_number("B12", clock.now(), 77))
        entry = made_operation(case)
        store.accept([case, made_case()], [entry], [])
        assert [c.case_id for c in store.find(case.provisional_no.lower())] == [case.case_id]
        store.record([Acked(entry.op_id, case.case_id, "GW-2026-0001", 1)])
        assert [c.case_id for c in store.find("GW-2026-0001")] == [case.case_id]

    def test_newest_first_and_limited(self, store: Store) -> None:
        for name in ("赵一", "赵二", "赵三", "赵四"):
            store.accept([made_case(applicant_name=name, applicant_number="990101199001010" + "17X")], [], [])
        assert [c.applicant_name for c in store.find("01017X", limit=2)] == ["赵四", "赵三"]
