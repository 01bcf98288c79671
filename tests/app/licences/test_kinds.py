"""Which kind a text is; and that hostile text is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import EnvironmentProblem
from app.domain.licence import CodeKind
from app.licences.cose import MAX_TEXT
from app.licences.kinds import load_rules, recognise

IDENTIFIER = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("YC1:6BFOXN", CodeKind.SIGNED_LICENCE),
        ("HC1:6BFOXN", CodeKind.EU_CERTIFICATE),
        ("YCP1:6BFOXN", CodeKind.OWN_PAPER),
        ("HC1:6BFOXN\r\n", CodeKind.EU_CERTIFICATE),
        ("8f3a0c5d9e7b41268f3a0c5d9e7b4126", CodeKind.OPAQUE_LICENCE),
        ("eyJ0b2tlbiI6MX0xMjM0NTY3OA==", CodeKind.OPAQUE_LICENCE),
        (IDENTIFIER, CodeKind.OPAQUE_LICENCE),
        ("11330500MB1A20264Q", CodeKind.FIRM_CODE),
        ("统一社会信用代码/注册号:11330500MB1A20264Q;\n名称:某店;", CodeKind.UNKNOWN),
        ("统一社会信用代码：11330500MB1A20264Q\n名称：湖州某理发店", CodeKind.FIRM_CODE),
        ("https://qym.zjzwfw.gov.cn/qym?id=7", CodeKind.FIRM_CODE),
        ("https://www.gsxt.gov.cn/index.html?uniscid=1", CodeKind.LICENCE_URL),
        ("http://zwfw.huzhou.gov.cn:8080/a", CodeKind.LICENCE_URL),
    ],
)
def test_known_kinds(text: str, kind: CodeKind) -> None:
    assert recognise(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "javascript:alert(1)//gov.cn",
        "file:///etc/passwd",
        "data:text/html;base64,PHNjcmlwdD4=",
        "http://www.gov.cn@evil.example/",
        "http://www.gov.cn.evil.example/",
        "http://evil.example/?www.gov.cn",
        "https://ɡov.cn/qym",
        "ftp://www.gov.cn/",
        "http://[gov.cn/",
        "https://www.gov.cn/ qym",
        "'; DROP TABLE cases; --",
        "330502199003150512",
        "6901234567892",
        "微信支付",
        "YC1\u200b:6BFOXN",
        "HC1:6BF\x00OXN",
        "8f3a0c5d9e7b4126\u202e8f3a0c5d",
        "A" * (MAX_TEXT + 1),
        "../../../../etc/shadow00",
        "WIFI:T:WPA;S:hall;P:secret12345;;",
        "BEGIN:VCARD\nFN:x\nEND:VCARD",
        "\ud800" * 20,
    ],
)
def test_hostile_or_foreign_text_is_unknown(text: str) -> None:
    assert recognise(text) is CodeKind.UNKNOWN


@given(st.text(max_size=300))
def test_any_text_gets_a_kind(text: str) -> None:
    assert recognise(text) in CodeKind


def write(folder: Path, text: str) -> Path:
    path = folder / "kinds.yaml"
    path.write_text(text, "utf-8")
    return path


def test_first_match_wins_and_rules_are_data(tmp_path: Path) -> None:
    rules = load_rules(
        write(tmp_path, "rules:\n- {kind: firm_code, prefix: 'ZZ'}\n- {kind: licence_url, pattern: 'ZZ.*'}\n")
    )
    assert recognise("ZZ1", rules) is CodeKind.FIRM_CODE
    assert recognise("YC1:6BF", rules) is CodeKind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rules:\n- {kind: own_paper, prefix: 'A'}\n- {kind: nonsense, prefix: 'B'}\n", "第 2 条"),
        ("rules:\n- {kind: own_paper}\n", "第 1 条"),
        ("rules:\n- {kind: own_paper, patern: 'x'}\n", "第 1 条"),
        ("rules:\n- {kind: own_paper, pattern: '('}\n", "第 1 条"),
        ("rules:\n- {kind: own_paper, pattern: 'x', check: magic}\n", "第 1 条"),
        ("rules:\n- {kind: own_paper, hosts: gov.cn}\n", "第 1 条"),
        ("rules: [", "无法读取"),
        ("other: 1", "无法读取"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load_rules(write(tmp_path, text))
    assert where in caught.value.what
