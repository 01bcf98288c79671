"""Letters that the picture leaves nearly alike: names decide, a person looks, and clear letters stay as they are."""

from __future__ import annotations

import numpy as np
import pytest
from mrz_pictures import made

from app.identity.mrz.decide import decide
from app.identity.mrz.layout import Format
from app.identity.mrz.names_prior import NEAR, spelt, table
from app.identity.mrz.read import SURE
from app.identity.mrz.strip import ALPHABET


def _scores(lines: tuple[str, ...]) -> list[np.ndarray]:
    out = []
    for line in lines:
        matrix = np.full((len(line), len(ALPHABET)), -14.0)
        matrix[np.arange(len(line)), [ALPHABET.index(char) for char in line]] = 0.0
        out.append(matrix)
    return out


def test_the_table_is_of_probabilities() -> None:
    assert table().shape == (27, 27, 27)
    assert np.exp(table()).sum(axis=2) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("name", "at", "misread"),
    [("PETERSEN", 1, "F"), ("SCHROEDER", 2, "N"), ("MARTINEZ", 4, "T"), ("ANDERSEN", 7, "H")],
    ids=["E-F", "H-N", "I-T", "N-H"],
)
def test_a_letter_seen_a_little_better_gives_way_and_is_for_a_person(name: str, at: int, misread: str) -> None:
    lines = made(surname=name)
    scores = _scores(lines)
    scores[0][5 + at, ALPHABET.index(misread)] = 1.0
    decided = decide(Format.TD3, scores)
    assert decided.lines == lines
    assert decided.margins[0][5 + at] < SURE
    assert decided.margins[0][[k for k in range(44) if k != 5 + at]].min() > SURE


def test_no_margin_grows_by_what_names_say() -> None:
    lines = made(surname="ERIKSSON")
    scores = _scores(lines)
    scores[0][5, ALPHABET.index("F")] = -2.0
    decided = decide(Format.TD3, scores)
    assert decided.lines == lines
    assert decided.margins[0][5] == pytest.approx(2.0)


@pytest.mark.parametrize("name", ["XQZWJK", "QWRTFFFF", "NG", "O", "TSHXHVQ"])
def test_letters_that_are_clear_stay_however_odd_the_name(name: str) -> None:
    lines = made(surname=name)
    scores = _scores(lines)
    for line in scores:
        line[line < -1] = -NEAR - 0.5
    assert decide(Format.TD3, scores).lines == lines


def test_a_word_that_is_cut_off_by_the_end_of_the_field_need_not_end_there() -> None:
    field = np.full((3, len(ALPHABET)), -14.0)
    said = np.array([ALPHABET.index(char) for char in "ZOQ"])
    field[np.arange(3), said] = 0.0
    assert spelt(field, said).tolist() == said.tolist()
