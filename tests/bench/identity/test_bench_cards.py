"""Cards by their writing: how often each field is exactly right, and whether anything sure is wrong. Of permits also
whether the zone on the back says the same as the front.

Drawn by tests/kits/card_pictures.py; CARD_SEED chooses the pictures (default: one a day), CARD_COUNT how many a level
(52). About a second and a half of CPU a card, in the text reader's own process.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections import Counter
from collections.abc import Iterator

import card_pictures
import cv2
import numpy as np
import pytest
from card_pictures import EASY, HARD, MEDIUM, DrawnCard, Level, on_desk

from app.identity.cards.read import ReadCard, read_card
from app.identity.mrz.net import line_net
from app.identity.mrz.read import Verdict, ZoneReader
from app.identity.travel import document_of
from app.materials.text_reader import ProcessTextReader

pytest.importorskip("rapidocr")

TODAY = dt.date(2026, 11, 22)
WANTED = {"number": 0.99, "name": 0.97}
"""Of easy and medium pictures together."""


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessTextReader]:
    made = ProcessTextReader(timeout=300, start_timeout=300)
    yield made
    made.close()


@pytest.fixture(scope="module")
def seed() -> int:
    chosen = int(os.environ.get("CARD_SEED", str(time.time_ns() // 86_400_000_000_000 * 1000)))
    print(f"\nseed {chosen}", end="")
    return chosen


class Score:
    """By field: how many there were, were right, were sure, were sure and wrong."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.sure: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def add(self, card: DrawnCard, level: Level, seed: int, reader: ProcessTextReader) -> ReadCard | None:
        found = read_card(on_desk(card.flat, level, seed), reader.read, TODAY)
        kind_right = found is not None and found.kind == card.kind
        self.all["kind"] += 1
        self.right["kind"] += kind_right
        for name, true in card.truth.items():
            value = found.value(name) if found is not None else None
            right = value is not None and value.value == true
            sure = value is not None and value.sure
            self.all[name] += 1
            self.right[name] += right
            self.sure[name] += sure
            self.wrong[name] += sure and not right
            if not right:
                print(f"\n  {card.kind} {level.name} seed {seed}: {name} wrong", end="")
        return found

    def __str__(self) -> str:
        return ", ".join(
            f"{name} {self.right[name]}/{self.all[name]} (sure {self.sure[name]}, sure and wrong {self.wrong[name]})"
            for name in self.all
        )


@pytest.mark.timeout(7200)
def test_resident_cards(reader: ProcessTextReader, seed: int) -> None:
    count = int(os.environ.get("CARD_COUNT", "52"))
    score = Score()
    for level in (EASY, MEDIUM):
        for at in range(count):
            one = seed + at + (500 if level is MEDIUM else 0)
            score.add(card_pictures.resident_front(one), level, one, reader)
    print(f"\nresident cards, {2 * count} easy and medium: {score}")
    for name, share in WANTED.items():
        assert score.right[name] >= share * score.all[name], name
    assert sum(score.wrong.values()) == 0


@pytest.mark.timeout(7200)
def test_hard_pictures_give_nothing_wrong_for_sure(reader: ProcessTextReader, seed: int) -> None:
    count = int(os.environ.get("CARD_COUNT", "52")) // 2
    score = Score()
    for at in range(count):
        score.add(card_pictures.resident_front(seed + 700 + at), HARD, seed + 700 + at, reader)
    print(f"\nresident cards, {count} hard: {score}")
    assert sum(score.wrong.values()) == 0


@pytest.mark.timeout(7200)
def test_rare_names_are_never_sure(reader: ProcessTextReader, seed: int) -> None:
    score = Score()
    for at, name in enumerate(card_pictures.RARE * 2):
        score.add(card_pictures.resident_front(seed + 800 + at, name), EASY, seed + 800 + at, reader)
    print(f"\nrare names, easy: {score}")
    assert score.sure["name"] == 0


@pytest.mark.timeout(7200)
def test_the_other_cards(reader: ProcessTextReader, seed: int) -> None:
    count = max(int(os.environ.get("CARD_COUNT", "52")) // 8, 1)
    faces = (
        lambda one: card_pictures.resident_back(one),
        lambda one: card_pictures.resident_front(one, hmt=("810000", "820000", "830000")[one % 3]),
        lambda one: card_pictures.resident_back(one, hmt=("港澳", "台湾")[one % 2]),
        lambda one: card_pictures.foreigner_front(one, 2017),
        lambda one: card_pictures.foreigner_front(one, 2023),
    )
    for draw in faces:
        score = Score()
        for at in range(count):
            for level in (EASY, MEDIUM):
                card = draw(seed + 900 + at)
                score.add(card, level, seed + 900 + at, reader)
        print(f"\n{card.kind} {card.face}, easy and medium: {score}")
        assert sum(score.wrong.values()) == 0


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("taiwan", [False, True], ids=["home-return", "taiwan"])
def test_permits(reader: ProcessTextReader, seed: int, taiwan: bool) -> None:
    count = max(int(os.environ.get("CARD_COUNT", "52")) // 2, 1)
    score, zones = Score(), Counter[str]()
    zone_reader = ZoneReader(line_net())
    for level in (EASY, MEDIUM):
        for at in range(count):
            one = seed + 1000 + at + (500 if level is MEDIUM else 0)
            card = card_pictures.permit_front(one, taiwan)
            found = score.add(card, level, one, reader)
            back, lines = card_pictures.permit_back(card)
            gray = np.asarray(cv2.cvtColor(on_desk(back, level, one + 7), cv2.COLOR_BGR2GRAY), np.uint8)
            zone = zone_reader.read(gray, TODAY)
            zones["all"] += 1
            if zone is None or found is None:
                continue
            zones["right"] += zone.mrz.lines == lines
            zones["accepted"] += zone.verdict is Verdict.ACCEPTED
            zones["accepted and wrong"] += zone.verdict is Verdict.ACCEPTED and zone.mrz.lines != lines
            document = document_of(zone.mrz, TODAY)
            zones["kind"] += document.kind == ("tw_pass" if taiwan else "hm_pass") and not document.fault
            said = {value.name: value.value for value in found.values}
            zones["number agrees"] += said.get("number") == zone.mrz.number
            zones["birth agrees"] += said.get("birth") == zone.mrz.birth.text
            zones["Latin name agrees"] += said.get("name_en", "").replace("-", " ") == " ".join(
                (zone.mrz.surname, zone.mrz.given_names)
            )
    print(
        f"\n{'Taiwan' if taiwan else 'home-return'} permits, {2 * count} easy and medium: {score}; zones {dict(zones)}"
    )
    for name, share in WANTED.items():
        assert score.right[name] >= share * score.all[name], name
    assert sum(score.wrong.values()) == 0
    assert zones["accepted and wrong"] == 0
    assert zones["number agrees"] >= WANTED["number"] * zones["all"]


@pytest.mark.timeout(7200)
def test_rare_names_on_permits_are_never_sure(reader: ProcessTextReader, seed: int) -> None:
    score = Score()
    for at, name in enumerate(card_pictures.RARE):
        for taiwan in (False, True):
            one = seed + 1900 + 2 * at + taiwan
            score.add(card_pictures.permit_front(one, taiwan, name), EASY, one, reader)
    print(f"\nrare names on permits, easy: {score}")
    assert score.sure["name"] == 0
