"""A firm's profile through a real gateway: registers asked and logged, what does not answer is unknown, the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MOBILE, MOBILE_TOKEN, MobileWindow, mobile_window

from app.demo.shared_data import demo_shared_data
from app.domain.errors import BadInput
from app.domain.firm import Fit
from app.domain.paper_firms import PolicySheet
from app.server.shared_client import SharedDataClient
from app.services.ask_firm import AskFirm
from app.services.firm_profile import ProfileFirm

TECH, FOOD = "91330502MA2B7E8F9T", "91330503MA2B9K8L7U"


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path) as made:
        people = {person.id: person for person in parts.world.people}
        shared = demo_shared_data(people, parts.clock)
        made.gateway.gateway.shared.publish_policy(shared.policy)
        made.gateway.gateway.shared.load(shared.records)
        yield made


@pytest.fixture
def service(parts: Parts, window: MobileWindow) -> Iterator[ProfileFirm]:
    ask = AskFirm(
        parts.store, parts.clock, parts.counter.duty,
        lambda: SharedDataClient(window.gateway.url, MOBILE, MOBILE_TOKEN, clock=parts.clock),
    )  # fmt: skip
    yield ProfileFirm(parts.store, parts.clock, parts.counter.duty, ask, parts.issue_paper())
    ask.close()


def test_the_registers_are_asked_and_the_policies_reckoned(window: MobileWindow, service: ProfileFirm) -> None:
    profile = service.look(TECH.lower())
    assert (profile.name, len(profile.tags), len(profile.carried)) == ("湖州䶮创智能装备有限公司", 23, 17)
    assert all(one.answered and one.reference for one in profile.dimensions)
    assert profile.total == 333667
    log = window.gateway.gateway.shared.log()
    assert {entry["scenario"] for entry in log} == {"firm-service"}
    assert len(log) == 5
    assert all(TECH not in entry["subject"] for entry in log)
    data = service.sheet(profile).paper.data
    assert isinstance(data, PolicySheet)
    assert (data.total, len(data.tags)) == ("333,667 元", 17)
    assert service.sheet(profile).paper.number == service.sheet(profile).paper.number


def test_a_register_without_a_record_leaves_its_tags_open(service: ProfileFirm) -> None:
    profile = service.look(FOOD)
    silent = [one.id for one in profile.dimensions if not one.answered]
    assert silent == ["innovation"]
    assert {tag.fit for tag in profile.tags if tag.dimension == "科技创新"} == {Fit.UNKNOWN}
    assert next(one for one in profile.policies if one.id == "steady-jobs").fit is Fit.NO


def test_without_a_line_nothing_is_known_and_nothing_denied(window: MobileWindow, service: ProfileFirm) -> None:
    window.gateway.stop()
    profile = service.look(TECH)
    assert {policy.fit for policy in profile.policies} == {Fit.UNKNOWN}
    assert all(one.why for one in profile.dimensions)
    assert profile.total == 0
    with pytest.raises(BadInput, match="代码不对"):
        service.look("9133")
