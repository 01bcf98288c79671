"""The roster at the gateway: told to every window, reported leave once, slips given to who stands there."""

from __future__ import annotations

import datetime as dt
import urllib.parse
from dataclasses import replace
from typing import Any

import pytest
from gateway_kit import DEVICE, OTHER_DEVICE, OTHER_TOKEN, Raw, new_key
from roster_kit import BY, FACTORY, MONDAY, MONDAY_TEN, YARD, change, leave, rule, slip
from sqlalchemy import select

from app.domain.clock import FixedClock
from app.domain.errors import Refused
from app.domain.matter import ROSTER, Act, MatterStage, Side
from app.domain.stationing import ChangeKind, Specialist, Why
from app.gateway.office_roster import roster_page
from app.gateway.roster import KEPT, NOBODY_THERE, NOT_ON_ROSTER, TOLD
from app.gateway.roster_tables import roster_changes
from app.gateway.server import GatewayServer
from app.server.headers import REPLAYED

WANG, LI = Specialist("8001", "王㛃", DEVICE), Specialist("8002", "李𠮷", OTHER_DEVICE)
ABSENCES = "/v1/roster/absences"


@pytest.fixture
def monday(server: GatewayServer, clock: FixedClock) -> FixedClock:
    clock.advance(MONDAY_TEN - clock.now())
    return clock


@pytest.fixture
def roster(server: GatewayServer, monday: FixedClock) -> GatewayServer:
    server.gateway.roster.set_rule(rule(WANG), BY)
    return server


@pytest.fixture
def raw(roster: GatewayServer) -> Raw:
    return Raw(roster.url)


def told(server: GatewayServer, device: str = DEVICE) -> dict[str, Any]:
    items = server.gateway.feeds.page("roster", device, None, 100)["items"]
    return {item["id"]: item for item in items}


def opened(raw: Raw, **more: Any) -> dict[str, Any]:
    answer = raw("POST", "/v1/matters", slip(**more), key=new_key())
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_every_window_has_the_roster_and_only_who_stands_there_the_contact(roster: GatewayServer) -> None:
    mine, others = told(roster), told(roster, OTHER_DEVICE)
    (seen,) = [item for key, item in others.items() if key.startswith("rule:")]
    assert seen["specialist"]["name"] == "王㛃"
    assert (seen["post"]["contact"], seen["post"]["phone"]) == ("赵*", "139********")
    assert not [key for key in others if key.startswith("contact:")]
    (contact,) = [item for key, item in mine.items() if key.startswith("contact:")]
    assert (contact["post"]["contact"], contact["post"]["phone"]) == ("赵䶮", "13905800001")


def test_a_substitutes_laptop_has_the_contact_as_long_as_it_needs_it(roster: GatewayServer, monday: FixedClock) -> None:
    desk = roster.gateway.roster
    (kept,) = desk.roster().rules
    desk.change(change(ChangeKind.SUBSTITUTE, shift=kept.rule_id, specialist=LI))
    assert [key for key in told(roster, OTHER_DEVICE) if key.startswith("contact:")]
    monday.advance(dt.timedelta(days=1))
    desk.tidy()
    assert not [key for key in told(roster, OTHER_DEVICE) if key.startswith("contact:")]
    assert [key for key in told(roster) if key.startswith("contact:")]


def test_a_demand_goes_to_who_stands_there_and_both_sides_see_why(roster: GatewayServer, raw: Raw) -> None:
    document = opened(raw)
    (step,) = document["steps"]
    assert (step["act"], step["side"], step["by"]) == ("assign", "office", ROSTER)
    assert step["words"] == "驻点专员 王㛃（8001）"
    (row,) = raw("GET", "/v1/feeds/matters").json()["items"]
    assert row["steps"] == document["steps"]
    matter = roster.gateway.matters.matter(document["id"])
    assert matter.stage is MatterStage.ASSIGNED
    assert Act.HANDLE in matter.may(Side.WINDOW), "who stands there handles it"
    assert roster.gateway.roster.unassigned([document["id"]]) == {}


def test_the_same_demand_sent_again_is_given_once(roster: GatewayServer, raw: Raw) -> None:
    document, key = slip(), new_key()
    first = raw("POST", "/v1/matters", document, key=key)
    again = raw("POST", "/v1/matters", document, key=key)
    under_another = raw("POST", "/v1/matters", document, key=new_key())
    assert first.json() == again.json() == under_another.json()
    assert len(first.json()["steps"]) == 1


def test_a_substitute_gets_the_demand(roster: GatewayServer, raw: Raw) -> None:
    desk = roster.gateway.roster
    (kept,) = desk.roster().rules
    assert raw("POST", ABSENCES, leave(WANG), key=new_key()).status_code == 201
    desk.change(change(ChangeKind.SUBSTITUTE, shift=kept.rule_id, specialist=LI))
    (step,) = opened(raw)["steps"]
    assert step["words"] == "替班专员 李𠮷（8002）"


@pytest.mark.parametrize(
    ("at", "post", "why"),
    [
        (MONDAY_TEN - dt.timedelta(hours=2), FACTORY, NOBODY_THERE),
        (MONDAY_TEN, YARD, NOT_ON_ROSTER),
    ],
    ids=["too-early", "another-firm"],
)
def test_where_nobody_stands_it_goes_as_ever_and_the_page_says_so(
    roster: GatewayServer, raw: Raw, at: dt.datetime, post: Any, why: str
) -> None:
    document = opened(raw, at=at, post=post)
    assert document["steps"] == []
    assert roster.gateway.roster.unassigned([document["id"]]) == {document["id"]: why}
    matter = roster.gateway.matters.act(document["id"], Act.ASSIGN, "助企专班", "治安大队")
    assert Act.HANDLE not in matter.may(Side.WINDOW), "an office's is handled by that office"


def test_a_demand_opened_offline_goes_to_who_stood_there_then(
    roster: GatewayServer, raw: Raw, monday: FixedClock
) -> None:
    (kept,) = roster.gateway.roster.roster().rules
    monday.advance(dt.timedelta(days=2))
    roster.gateway.roster.change(
        change(ChangeKind.SUBSTITUTE, MONDAY + dt.timedelta(days=2), shift=kept.rule_id, specialist=LI)
    )
    assert opened(raw, at=MONDAY_TEN)["steps"][0]["words"] == "驻点专员 王㛃（8001）"
    assert opened(raw, at=monday.now())["steps"][0]["words"] == "替班专员 李𠮷（8002）"


def test_a_holiday_has_nobody(roster: GatewayServer, raw: Raw, monday: FixedClock) -> None:
    national_day = dt.datetime(2026, 10, 1, 2, tzinfo=dt.UTC)  # a Thursday
    monday.advance(national_day - monday.now())
    (kept,) = roster.gateway.roster.roster().rules
    roster.gateway.roster.set_rule(replace(kept, since=dt.date(2026, 9, 1)), BY)
    assert opened(raw, at=national_day)["steps"] == []
    assert opened(raw, at=national_day - dt.timedelta(days=1))["steps"]


def test_other_kinds_of_matter_are_none_of_the_rosters(roster: GatewayServer, raw: Raw) -> None:
    assert opened(raw, kind="review")["steps"] == []
    assert opened(raw, kind="contact")["steps"]


def test_leave_reported_twice_arrives_once(roster: GatewayServer, raw: Raw) -> None:
    key, document = new_key(), leave(WANG)
    first = raw("POST", ABSENCES, document, key=key)
    again = raw("POST", ABSENCES, document, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers[REPLAYED] == "true"
    assert first.json() == again.json()
    # Another laptop, or the same after a wipe: another key and another id, the same day.
    other = Raw(roster.url, OTHER_DEVICE, OTHER_TOKEN)("POST", ABSENCES, leave(WANG), key=new_key())
    assert (other.status_code, other.json()["known"]) == (200, True)
    made = roster.gateway.roster.roster()
    assert [(c.kind, c.specialist, c.by, c.reason) for c in made.changes] == [(ChangeKind.ABSENT, WANG, "王㛃", "看病")]
    (gap,) = made.gaps(MONDAY, 1)
    assert gap.why is Why.ABSENT
    log = [(one.by, one.deed, one.subject, one.device) for one in roster.gateway.roster.log()]
    assert log[0] == ("王㛃", "请假 2026-11-23", "王㛃", DEVICE)
    assert len(log) == 2, "the rule and the leave"


def test_why_somebody_is_away_is_not_told_to_every_window(roster: GatewayServer, raw: Raw) -> None:
    raw("POST", ABSENCES, leave(WANG), key=new_key())
    (row,) = [item for key, item in told(roster, OTHER_DEVICE).items() if key.startswith("change:")]
    assert (row["kind"], row["specialist"]["clerk"], row["reason"]) == ("absent", "8001", "")


@pytest.mark.parametrize(
    "wrong",
    [
        leave(Specialist("9999", "陌生人")),
        leave(WANG, MONDAY - dt.timedelta(days=40)),
        {**leave(WANG), "day": "2026-02-31"},
        {**leave(WANG), "reason": ""},
    ],
    ids=["stranger", "long-past", "no-such-day", "no-reason"],
)
def test_leave_that_cannot_be_is_refused(roster: GatewayServer, raw: Raw, wrong: dict[str, Any]) -> None:
    assert raw("POST", ABSENCES, wrong, key=new_key()).status_code == 422
    assert roster.gateway.roster.roster().changes == ()


def test_double_booking_is_refused_and_nothing_is_kept(roster: GatewayServer) -> None:
    with pytest.raises(Refused, match="一人不能同时在两处驻点"):
        roster.gateway.roster.set_rule(rule(WANG, YARD, weekdays=(4,)), BY)
    assert len(roster.gateway.roster.roster().rules) == 1
    assert len(roster.gateway.roster.log()) == 1
    assert len([key for key in told(roster) if key.startswith("rule:")]) == 1


def test_who_stands_there_can_be_asked(roster: GatewayServer, raw: Raw, monday: FixedClock) -> None:
    def ask(**query: str) -> dict[str, Any]:
        answer = raw("GET", f"/v1/roster/standing?{urllib.parse.urlencode(query)}")
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document

    assert ask(number=FACTORY.number)["clerk"] == "8001"
    night = ask(number=FACTORY.number, at="2026-11-23T20:00:00.000Z")
    assert (night["known"], night["clerk"], night["why"]) == (True, "", "")
    assert ask(name="没有的厂")["known"] is False
    assert raw("GET", "/v1/roster/standing").status_code == 400
    assert raw("GET", "/v1/roster/standing?name=x&at=2026").status_code == 400


def test_what_is_over_leaves_the_windows_after_a_week_and_the_gateway_after_a_year(
    roster: GatewayServer, raw: Raw, monday: FixedClock
) -> None:
    desk = roster.gateway.roster
    raw("POST", ABSENCES, leave(WANG), key=new_key())
    (kept,) = desk.roster().rules
    desk.end_rule(kept.rule_id, MONDAY, BY)
    desk.tidy()
    assert len(told(roster)) == 3 - 1, "its contact went with the last day that anybody stands there"
    monday.advance(TOLD + dt.timedelta(days=1))
    desk.tidy()
    assert told(roster) == {}
    assert len(desk.roster().rules) == 1
    monday.advance(KEPT)
    desk.tidy()
    assert desk.roster().rules == ()
    assert desk.log() == []
    with roster.gateway.database.read() as connection:
        assert connection.execute(select(roster_changes)).all() == []


def test_a_change_is_taken_back_and_both_are_logged(roster: GatewayServer, raw: Raw) -> None:
    desk = roster.gateway.roster
    raw("POST", ABSENCES, leave(WANG), key=new_key())
    (absence,) = desk.roster().changes
    desk.drop_change(absence.change_id, BY)
    assert opened(raw)["steps"], "she stands there after all"
    assert [one.deed for one in desk.log()][:2] == ["撤销请假 2026-11-23", "请假 2026-11-23"]
    (kept,) = desk.roster().rules
    desk.drop_rule(kept.rule_id, BY)
    assert told(roster) == {}
    with pytest.raises(KeyError):
        desk.drop_rule(kept.rule_id, BY)


def test_the_page_offers_who_is_known_where_a_name_is_typed(roster: GatewayServer) -> None:
    page = roster_page(roster.gateway, "mark", "", "")
    supervisors = page.partition('<datalist id="supervisors">')[2].partition("</datalist>")[0]
    assert f'<option value="{BY}">' in supervisors
    known = roster.gateway.roster.roster().rules[0].specialist
    assert f'<option value="{known.clerk}">{known.name}</option>' in page
    assert f'<option value="{known.name}">{known.clerk}</option>' in page
    assert page.count('name="by"') == page.count('list="supervisors"') > 0
