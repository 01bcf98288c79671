"""Clips and pictures as cameras: pace, dropping, looping, damage."""

from __future__ import annotations

import os
import threading
import time
import urllib.parse
from pathlib import Path

import cv2
import numpy as np
import pytest
from numbered_clips import ClipMaker, number_of, numbered

from devices.drivers.imaging.camera import open_driver
from devices.kinds.imaging import Camera
from devices.outcome import Outcome


def camera(path: Path, options: str = "") -> Camera:
    driver = open_driver(f"file://{urllib.parse.quote(str(path))}{options}")
    driver.open().unwrap()
    return driver


def test_what_is_transparent_lies_on_white_paper(tmp_path: Path) -> None:
    picture = np.zeros((40, 60, 4), np.uint8)
    picture[10:20, 10:20, 3] = 255
    picture[25:35, 10:20] = (0, 0, 200, 128)
    (tmp_path / "码.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    camera = open_driver(f"file:{tmp_path}/码.png")
    assert camera.open().ok
    seen = camera.read_frame().unwrap().picture
    assert [seen[at].tolist() for at in ((5, 5), (15, 15), (30, 15))] == [[255] * 3, [0] * 3, [126, 126, 227]]
    camera.close()


@pytest.mark.parametrize("name", ["剪辑 一%02d𠮷.avi", "clip#?.mp4", "100%.avi"])
def test_a_clip_plays_in_its_own_time(make_clip: ClipMaker, name: str) -> None:
    driver = camera(make_clip(name, frames=10, fps=20))
    begun = time.monotonic()
    indices = []
    while (reply := driver.read_frame(5)).ok:
        frame = reply.unwrap()
        assert number_of(frame.picture) == frame.index
        assert frame.picture.shape == (240, 320, 3)
        assert begun <= frame.at <= time.monotonic()
        indices.append(frame.index)
    assert reply.outcome is Outcome.NOT_PRESENT
    assert indices[0] == 0
    assert indices == sorted(set(indices))
    # Ten frames at 20 a second take 0.45 s from the first to the last; never less.
    assert time.monotonic() - begun >= 0.45
    driver.close()


def test_late_frames_are_dropped(make_clip: ClipMaker) -> None:
    driver = camera(make_clip(frames=60, fps=20))
    assert driver.read_frame().unwrap().index == 0
    time.sleep(1.0)
    frame = driver.read_frame().unwrap()
    assert frame.index >= 19
    assert number_of(frame.picture) == frame.index
    driver.close()


def test_the_clock_starts_with_the_first_look(make_clip: ClipMaker) -> None:
    driver = camera(make_clip(frames=10, fps=20))
    time.sleep(0.7)
    assert driver.read_frame().unwrap().index == 0
    driver.close()


def test_a_loop_goes_on_counting(make_clip: ClipMaker) -> None:
    driver = camera(make_clip(frames=4, fps=20), "?loop=1")
    frames = [driver.read_frame(5).unwrap() for _ in range(12)]
    assert frames[-1].index >= 11
    assert all(number_of(frame.picture) == frame.index % 4 for frame in frames)
    driver.close()


def test_reopening_starts_again(make_clip: ClipMaker) -> None:
    driver = camera(make_clip(frames=5, fps=20))
    for _ in range(2):
        assert driver.open().ok
        assert number_of(driver.read_frame().unwrap().picture) == 0
        driver.close()


def test_waiting_for_a_slow_clip_ends_in_time(make_clip: ClipMaker) -> None:
    driver = camera(make_clip(frames=3, fps=1))
    driver.read_frame().unwrap()
    assert driver.read_frame(0.05).outcome is Outcome.TIMEOUT
    threading.Timer(0.1, driver.cancel).start()
    assert driver.read_frame(30).outcome is Outcome.CANCELLED
    assert driver.read_frame(30).unwrap().index == 1
    driver.close()


@pytest.mark.parametrize("suffix", [".png", ".JPG", ".bmp"])
def test_a_picture_is_a_camera_that_always_sees_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"照片 𠮷{suffix}"
    path.write_bytes(cv2.imencode(suffix.lower(), numbered(0x5A))[1].tobytes())
    driver = camera(path)
    begun = time.monotonic()
    frames = [driver.read_frame().unwrap() for _ in range(4)]
    assert time.monotonic() - begun >= 0.25  # ten a second: a worker that asks on and on must not spin
    assert [number_of(frame.picture) for frame in frames] == [0x5A] * 4
    assert [frame.index for frame in frames] == sorted({frame.index for frame in frames})
    frames[0].picture[:] = 0
    assert number_of(driver.read_frame().unwrap().picture) == 0x5A
    driver.close()


@pytest.mark.parametrize("name", ["absent.avi", "absent.png", "."])
def test_a_missing_file_is_disconnected(tmp_path: Path, name: str) -> None:
    reply = open_driver(f"file://{tmp_path}/x/../{name}").open()
    assert reply.outcome is Outcome.DISCONNECTED
    assert reply.detail


@pytest.mark.parametrize("name", ["a.avi", "a.mp4", "a.png", "a.jpg"])
@pytest.mark.parametrize("content", [b"", b"\0" * 5000, "不是视频".encode() * 99], ids=["empty", "zeros", "text"])
def test_a_file_that_is_none_is_unreadable(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    driver = open_driver(f"file://{tmp_path}/{name}")
    assert driver.open().outcome is Outcome.UNREADABLE
    assert driver.read_frame().outcome is Outcome.DISCONNECTED


def test_a_torn_clip_gives_what_it_has_and_says_so(make_clip: ClipMaker) -> None:
    path = make_clip(frames=20, fps=100)
    os.truncate(path, path.stat().st_size // 2)
    driver = camera(path)
    replies = []
    while (reply := driver.read_frame()).ok:
        replies.append(reply)
    assert replies
    assert reply.outcome is Outcome.FAULT
    assert "不完整" in reply.detail
    driver.close()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", ["a.avi", "a.mp4"])
def test_no_damage_raises(make_clip: ClipMaker, name: str, seed: int) -> None:
    path = make_clip(name, frames=6, fps=100)
    random = np.random.default_rng(seed)
    data = np.fromfile(path, np.uint8)
    at = random.integers(0, data.size - 200)
    data[at : at + 200] = random.integers(0, 256, 200)
    data[: int(random.integers(data.size // 2, data.size))].tofile(path)
    driver = open_driver(f"file://{path}?loop={seed % 2}")
    reply = driver.open()
    outcomes = {reply.outcome} | {driver.read_frame().outcome for _ in range(8)}
    assert outcomes <= set(Outcome) - {Outcome.UNKNOWN, Outcome.BUSY, Outcome.CANCELLED}
    driver.close()


def test_probe_notices_that_the_file_has_gone(make_clip: ClipMaker) -> None:
    path = make_clip()
    driver = camera(path)
    assert "320×240" in driver.probe().unwrap()
    path.unlink()
    assert driver.probe().outcome is Outcome.DISCONNECTED
    driver.close()
