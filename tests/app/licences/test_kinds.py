"""Which kind a text is; that hostile text is nothing and costs nothing; and that a site's own rules are checked."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.licence import CodeKind
from app.licences import kinds
from app.licences.cose import MAX_TEXT
from app.licences.kinds import CHECKS, LONGEST, Rule, look_at
from app.licences.kinds_file import CodeRules, lint_rules, lint_shipped, load_rules, recognise, shipped_rules
from app.licences.shown import CUT, oddities, shown

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
        ("YCL1:open-a-barber-shop", CodeKind.LEAFLET),
        ("https://zwfw.example.gov.cn/leaflet?yjs=open-a-barber-shop", CodeKind.LEAFLET),
        ("YCL1:../../etc/passwd", CodeKind.OTHER),
        ("SF1234567890123", CodeKind.PARCEL),
        ("EE473124829CN", CodeKind.PARCEL),
        ("EE473124820CN", CodeKind.UNKNOWN),
        ("134567890123456789", CodeKind.OTHER),
        ("WIFI:T:WPA;S:hall;P:secret12345;;", CodeKind.OTHER),
        ("110101190001010014", CodeKind.UNKNOWN),
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
def test_hostile_or_foreign_text_leads_nowhere(text: str) -> None:
    assert recognise(text) in (CodeKind.UNKNOWN, CodeKind.OTHER)


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
        ("other: 1", "没有 rules 列表"),
        ("rules:\n- 7\n", "第 2 行：第 1 条"),
        ("rules:\n- {kind: own_paper, pattern: '(a+)+b'}\n", "重复之中又有重复"),
        ("rules:\n- {kind: other, prefix: 'Q'}\n", "says"),
        ("rules:\n- {kind: parcel, prefix: 'Q', number: 'Q'}\n", "一对括号"),
        ("rules:\n- {kind: opaque_licence, prefix: 'Q', lives: -1}\n", "86400"),
        ("rules:\n- {id: x, skip: true}\n", "本地的文件"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        load_rules(write(tmp_path, text))
    assert where in caught.value.what


# ----------------------------------------------------------------------------------------- what the text carries


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11330500MB1A20264Q", "11330500MB1A20264Q"),
        ("统一社会信用代码：11330500MB1A20264Q\n名称：湖州某理发店", "11330500MB1A20264Q"),
        ("https://qym.zjzwfw.gov.cn/qym?code=11330500MB1A20264Q", "11330500MB1A20264Q"),
        ("https://qym.zjzwfw.gov.cn/qym?code=11330500MB1A20264R", ""),
        ("https://www.gsxt.gov.cn/%7B11330500MB1A20264Q%7D", ""),
        ("https://www.gsxt.gov.cn/x/11330500MB1A20264Q", "11330500MB1A20264Q"),
        ("YCB1:YY-0001-ABCD", "YY-0001-ABCD"),
        ("YCL1:open-a-barber-shop", "open-a-barber-shop"),
        ("SF1234567890123", "SF1234567890123"),
        ("YC1:6BFOXN", ""),
    ],
)
def test_the_number_in_a_text(text: str, number: str) -> None:
    assert look_at(text, shipped_rules()).number == number


def test_plain_digits_are_a_parcel_only_on_a_bar_code() -> None:
    digits = "773012345678901"
    assert look_at(digits, shipped_rules(), "Code128").kind is CodeKind.PARCEL
    assert look_at(digits, shipped_rules(), "QRCode").kind is CodeKind.UNKNOWN
    assert look_at(digits, shipped_rules()).kind is CodeKind.UNKNOWN


def test_every_rule_for_other_codes_says_what_to_do_in_both_languages() -> None:
    for rule in shipped_rules():
        if rule.kind is CodeKind.OTHER or rule.says:
            assert rule.says, rule.id
            assert rule.todo, rule.id
            assert rule.says_en, rule.id
            assert rule.todo_en, rule.id


def test_the_shipped_rules_pass_their_own_check() -> None:
    assert lint_shipped(resources.path("licences/kinds.yaml")) == ()
    assert {rule.kind for rule in shipped_rules()} >= set(CodeKind) - {CodeKind.UNKNOWN, CodeKind.OFD_FILE}
    assert len({rule.id for rule in shipped_rules()}) == len(shipped_rules())


# --------------------------------------------------------------------------------------------------- a site's own


def test_a_sites_rules_go_first_replace_and_switch_off(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        "rules:\n"
        "- {id: our-firms, kind: firm_code, pattern: 'QY[0-9]{6}', number: '(QY[0-9]{6})', samples: [QY123456]}\n"
        "- {id: wlan, kind: other, prefix: 'WIFI:', says: 大厅的无线网}\n"
        "- {id: parcel, skip: true}\n",
    )
    rules = CodeRules(own)
    assert rules.trouble is None
    assert lint_rules(own) == ()
    found = rules.look_at("QY123456")
    assert (found.kind, found.number) == (CodeKind.FIRM_CODE, "QY123456")
    replaced = rules.look_at("WIFI:T:WPA;;").rule
    assert replaced is not None
    assert replaced.says == "大厅的无线网"
    assert rules.look_at("SF1234567890123").kind is CodeKind.UNKNOWN
    assert rules.look_at("YC1:6BFOXN").kind is CodeKind.SIGNED_LICENCE
    assert CodeRules(tmp_path / "none.yaml").rules == shipped_rules()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("rules:\n- {id: a, kind: parcel, prefix: 'Q'}\n- {id: b,\n   kind: parcel}\n", 3, "没有条件"),
        ("rules:\n- {kind: opaque_licence, prefix: 'YC1:'}\n", 2, "由签名决定"),
        ("rules:\n- {kind: other, says: x, pattern: '.*'}\n", 2, "由签名决定"),
        ("rules:\n\n- {id: parsel, skip: true}\n", 3, "parsel 不存在"),
        ("rules:\n- {id: a, kind: parcel, prefix: 'Q', samples: [Z1]}\n", 2, "样例“Z1”被认作"),
        ("rules:\n- {id: a, kind: parcel, prefix: Q, number: '(Z)', samples: [Q1]}\n", 2, "取不出号码"),
        ("rules:\n- {id: a, kind: parcel, prefix: 'Q'}\n- {id: a, kind: parcel, prefix: 'W'}\n", 3, "重复"),
        ("rules:\n- {kind: ofd_file, prefix: 'Q'}\n", 2, "是文件，不是码"),
        ("rules:\n- {kind: parcel, prefix: 'Q'\n", 3, "YAML"),
    ],
)
def test_what_is_wrong_is_found_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    findings = lint_rules(write(tmp_path, text))
    assert [(f.file, f.line) for f in findings] == [("kinds.yaml", line)]
    assert what in findings[0].what


def test_a_partly_wrong_file_keeps_its_good_rules_and_says_so(tmp_path: Path) -> None:
    rules = CodeRules(write(tmp_path, "rules:\n- {kind: nonsense, prefix: A}\n- {kind: parcel, prefix: 'QQ'}\n"))
    assert rules.look_at("QQ1").kind is CodeKind.PARCEL
    assert rules.look_at("YC1:6BFOXN").kind is CodeKind.SIGNED_LICENCE
    assert rules.trouble is not None
    assert "kinds.yaml 第 2 行" in rules.trouble.what


# -------------------------------------------------------------------------------------------------------- hostile

ANY = st.text(st.characters(), max_size=300)
PREFIXED = st.builds(
    lambda start, rest: start + rest, st.sampled_from(["YC1:", "HC1:", "YCP1:", "YCL1:", "WIFI:"]), ANY
)
CLAIMS = (CodeKind.FIRM_CODE, CodeKind.LEAFLET, CodeKind.PARCEL, CodeKind.LICENCE_URL, CodeKind.OPAQUE_LICENCE)


@given(st.one_of(ANY, PREFIXED, st.from_regex(r"https?://[ -~]{0,80}gov\.cn[ -~]{0,80}", fullmatch=True)))
def test_no_text_raises_or_leaks_to_a_rule_that_it_does_not_fit(text: str) -> None:
    found = look_at(text, shipped_rules())
    if found.rule is not None:
        assert found.rule.fits(found.text)
        earlier = shipped_rules()[: shipped_rules().index(found.rule)]
        assert not any(rule.fits(found.text) for rule in earlier)
    if found.kind in CLAIMS and "\n" not in found.text:
        assert all(char.isprintable() for char in found.text)
    if found.number:
        assert found.number in found.text
    if any(kinds._forbidden(char) for char in found.text):
        assert found.kind is CodeKind.UNKNOWN


@given(st.text(st.characters(), max_size=400))
def test_what_is_shown_is_one_harmless_line(text: str) -> None:
    line = shown(text)
    assert (line[0], line[-1]) == ("\u2068", "\u2069")
    inside = line[1:-1]
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in inside)
    assert len(inside) <= CUT * 11 + 1
    assert inside.endswith("…") is (len(text) > CUT) or text[:CUT].endswith("…")


def test_hidden_characters_are_named_and_rare_names_stay() -> None:
    assert "␀" in shown("a\x00b")
    assert "⟨U+202E⟩" in shown("gpj\u202eexe")
    assert "⟨U+200B⟩" in shown("YC1\u200b:")
    assert shown("㛃𠮷䶮𬭚\ue000") == "\u2068㛃𠮷䶮𬭚\ue000\u2069"
    assert oddities("https://\u0261ov.cn/qym") == ("字母中混有形近的外文字母",)
    assert "含有改变文字方向的字符" in oddities("a\u202eb")
    assert oddities("浙A12345 㛃") == ()
    assert oddities("") == ()


class CountingRule:
    """A compiled pattern that counts what it was asked to look at."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def fullmatch(self, text: str) -> None:
        self.asked.append(len(text))


def test_long_texts_are_tried_against_no_pattern() -> None:
    """The cost bound, without a clock: no pattern ever sees more than LONGEST characters."""
    pattern = CountingRule()
    rule = Rule(CodeKind.PARCEL, pattern=pattern)  # type: ignore[arg-type]
    assert look_at("A1" * 3500, [rule]).kind is CodeKind.UNKNOWN
    assert pattern.asked == []
    look_at("A" * LONGEST, [rule])
    assert pattern.asked == [LONGEST]
    assert recognise("YC1:" + "A" * 7000) is CodeKind.SIGNED_LICENCE
    assert recognise("A1" * 3500) is CodeKind.UNKNOWN


@given(st.text(max_size=40))
def test_checks_never_raise(text: str) -> None:
    for check in CHECKS.values():
        assert check(text) in (True, False)
