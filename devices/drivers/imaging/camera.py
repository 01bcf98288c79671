"""Cameras by URI: `v4l2:///dev/video0?width=1920&height=1080&fps=30`, `file:clip.avi?loop=1`, `http://host/mjpeg`."""

from __future__ import annotations

import errno
import os
import socket
import urllib.parse
from pathlib import PurePath

import cv2

from devices.base import DeviceKind
from devices.discovery import Found
from devices.drivers.imaging import v4l2
from devices.drivers.imaging.camera_file import STILL_SUFFIXES, ClipCamera, StillCamera
from devices.drivers.imaging.camera_live import LiveCamera
from devices.drivers.imaging.uvc_exposure import UvcExposure
from devices.failure import Failure
from devices.kinds.imaging import Camera, CameraMode
from devices.outcome import Outcome
from devices.uri import DeviceUri, bad_uri

_OPEN_MS = 4000
_READ_MS = 3000


def open_driver(uri: str) -> Camera:
    """The driver of a camera's URI. BadInput when it is malformed.

    v4l2: width, height (pixels), fps, all wishes to the camera. file: loop (1: for ever); a picture file is a camera
    that always sees it. http, https: an MJPEG stream, the URI being the stream's own.
    """
    scheme = uri.partition(":")[0].lower()
    if scheme == "file":
        return _file(DeviceUri.parse(uri, ["loop"]))
    if scheme == "v4l2":
        return _v4l2(DeviceUri.parse(uri, ["width", "height", "fps"]))
    return _http(uri)


def _file(parsed: DeviceUri) -> Camera:
    path, loop = parsed.file, parsed.flag("loop")
    if PurePath(path).suffix.lower() in STILL_SUFFIXES:
        return StillCamera(parsed.text, path)
    return ClipCamera(parsed.text, path, loop)


def _v4l2(parsed: DeviceUri) -> Camera:
    path = parsed.file
    width, height = parsed.integer("width", 0, 0, 16384), parsed.integer("height", 0, 0, 16384)
    settled = CameraMode(width, height, parsed.integer("fps", 0, 0, 240))

    def source(mode: CameraMode | None) -> cv2.VideoCapture:
        wished = mode or settled
        wishes = (
            (cv2.CAP_PROP_FRAME_WIDTH, wished.width),
            (cv2.CAP_PROP_FRAME_HEIGHT, wished.height),
            (cv2.CAP_PROP_FPS, wished.fps),
        )
        capture = cv2.VideoCapture(path, cv2.CAP_V4L2)
        # Uncompressed, USB 2 carries a full-size picture a few times a second only.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        for wish, value in wishes:
            if value:
                capture.set(wish, value)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture

    def diagnose() -> Failure:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM):
                words = f"没有权限使用 {path}，请管理员把当前用户加入 video 组后重新登录"
                return Failure(Outcome.DISCONNECTED, words)
            if error.errno == errno.EBUSY:
                return Failure(Outcome.BUSY, f"{path} 正被其他程序占用，请先关闭该程序")
            return Failure(Outcome.DISCONNECTED, f"找不到摄像头 {path}，请检查连接线")
        return Failure(Outcome.FAULT, f"{path} 不是可用的摄像头，或正被其他程序占用")

    return LiveCamera(
        parsed.text,
        f"摄像头 {path}",
        source,
        diagnose,
        exposer=UvcExposure,
        modes=lambda: v4l2.modes_of(path),
        focus=lambda distance: v4l2.set_focus(path, distance),
        able=lambda: v4l2.abilities_of(path),
    )


def _http(uri: str) -> Camera:
    # The query belongs to the camera, not to us.
    query = urllib.parse.urlsplit(uri).query
    parsed = DeviceUri.parse(uri, dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))
    if not parsed.host:
        raise bad_uri(uri, "缺少主机")
    address = (parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80))

    def source(_: CameraMode | None) -> cv2.VideoCapture:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(uri, cv2.CAP_FFMPEG, limits)

    def diagnose() -> Failure:
        try:
            socket.create_connection(address, 2.0).close()
        except OSError:
            return Failure(Outcome.DISCONNECTED, f"连接不上 {address[0]}:{address[1]}，请检查摄像头和网络")
        return Failure(Outcome.FAULT, "该地址没有给出可识别的视频流")

    return LiveCamera(uri, f"网络摄像头 {address[0]}:{address[1]}", source, diagnose)


def discover(kind: DeviceKind) -> list[Found]:
    """UVC cameras by the name that stays the same."""
    if kind is not DeviceKind.CAMERA:
        return []
    return [Found(f"v4l2://{camera.path}", camera.card, camera.path) for camera in v4l2.find_cameras()]
