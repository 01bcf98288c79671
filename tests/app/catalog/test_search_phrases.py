"""Patterns in many phrases at once: held against doing it one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.phrases import Phrases
from app.forms.spelling import Speller, fold, near, near_variants, readings

TEXTS = st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=6, unique=True)


def places(phrases: Phrases, word: str) -> set[tuple[int, int]]:
    found = phrases.find(phrases.spelt(word))
    return set(zip(found.phrases.tolist(), found.starts.tolist(), strict=True))


def one_mistake(word: str) -> set[str]:
    """All that the word may have been meant as, one mistake away; "." stands for any letter."""
    meant = {word[:i] + "." + word[i + 1 :] for i in range(len(word))}
    meant |= {word[:i] + word[i + 1 :] for i in range(len(word))}
    meant |= {word[:i] + "." + word[i:] for i in range(1, len(word))}
    return meant | {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}


def holds_meant(text: str, meant: str) -> bool:
    return any(
        all(m in (".", c) for m, c in zip(meant, text[at : at + len(meant)], strict=True))
        for at in range(len(text) - len(meant) + 1)
    )


@given(TEXTS, st.text("abc", min_size=1, max_size=5))
def test_finding_is_what_looking_one_by_one_finds(texts: list[str], word: str) -> None:
    expected = {(n, at) for n, text in enumerate(texts) for at in range(len(text)) if text.startswith(word, at)}
    assert places(Phrases(texts), word) == expected


@given(TEXTS, st.text("abc", min_size=3, max_size=6))
def test_one_mistake_is_forgiven(texts: list[str], word: str) -> None:
    phrases = Phrases(texts)
    found = set(phrases.find_nearly(phrases.spelt(word)).phrases.tolist())
    # A wrong last letter may stand where the phrase is over already, a wrong first one before it begins.
    expected = {
        n for n, text in enumerate(texts) if any(holds_meant(f"#{text}#", meant) for meant in one_mistake(word))
    }
    assert found >= {n for n in expected if any(holds_meant(texts[n], m) for m in one_mistake(word))}
    assert found <= expected


def test_two_mistakes_are_too_many() -> None:
    phrases = Phrases(["abcdefgh"])
    for word in ("abxdexgh", "acbdegfh", "abdegh", "aabccdefgh"):
        assert not len(phrases.find_nearly(phrases.spelt(word)).phrases), word
    for word in ("abxdefgh", "acbdefgh", "abdefgh", "aabcdefgh", "abcdefg", "xbcdefgh"):
        assert len(phrases.find_nearly(phrases.spelt(word)).phrases), word


def test_a_pattern_does_not_reach_over_the_end_of_a_phrase() -> None:
    phrases = Phrases(["ab", "cd"])
    assert places(phrases, "bc") == set()
    assert places(phrases, "cd") == {(1, 0)}


def test_no_phrases_and_patterns_too_long() -> None:
    assert not len(Phrases([]).find([]).phrases)
    phrases = Phrases(["a" * 60])
    assert not len(phrases.find(phrases.spelt("a" * 40)).phrases)
    assert not len(phrases.find_nearly(phrases.spelt("a" * 40)).phrases)
    assert not len(phrases.find_nearly(phrases.spelt("aa")).phrases)


def test_the_weight_of_a_symbol_is_how_well_it_fits() -> None:
    phrases = Phrases(["ab", "ac"])
    first, second = phrases.spelt("ab")
    second[phrases.alphabet.index("c")] = np.float32(0.5)
    found = phrases.find([first, second])
    assert dict(zip(found.phrases.tolist(), found.fits.tolist(), strict=True)) == {0: 1.0, 1: 0.75}


def test_rare_characters_are_characters() -> None:
    phrases = Phrases(["沈㛃登记", "𠮷田䶮", "𬭚"])
    assert places(phrases, "㛃") == {(0, 1)}
    assert places(phrases, "田䶮") == {(1, 1)}
    assert places(phrases, "𬭚") == {(2, 0)}
    assert readings("䶮") == ("yan",)
    assert readings("𬭚")[0] == "chun"
    assert readings("X") == ("X",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhang", "zan"),
        ("shi", "si"),
        ("chuang", "cuan"),
        ("niu", "liu"),
        ("jing", "jin"),
        ("feng", "fen"),
        ("lv", "nu"),
    ],
)
def test_near_sounds(one: str, other: str) -> None:
    assert near(one) == near(other)
    assert other in near_variants([one])


def test_other_sounds_stay_apart() -> None:
    assert len({near(s) for s in ("ban", "bin", "ben", "ran", "zan", "can", "san", "lan")}) == 8


def test_letters_are_cut_into_syllables() -> None:
    speller = Speller(["li", "fa", "dian", "xi", "an", "xian", "kai"])
    assert speller.cuts("lifadian")[0] == ("li", "fa", "dian")
    assert ("k", "l", "f", "d") in speller.cuts("klfd")
    assert {("xian",), ("xi", "an")} <= set(speller.cuts("xian"))
    assert speller.cuts("lifad")[0] == ("li", "fa", "d")
    assert speller.cuts("vvv") == [("v", "v", "v")]
    assert len(speller.cuts("xianxianxianxianxian")) <= 6


def test_full_width_letters_fold_and_the_length_stays() -> None:
    assert fold("ＬＦＤ　Ａ２") == "lfd a2"
    for text in ("İstanbul", "𠮷ＡＢ", "Straße"):
        assert len(fold(text)) == len(text)
