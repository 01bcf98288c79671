"""The visitor's own phone: looks at the receipt, opens the address in its code and fills in what stands there."""

from __future__ import annotations

import html
import re
import urllib.parse
from pathlib import Path

import cv2
import requests
import zxingcpp

from app.licences.rating_code import PATH

_SECONDS = 20.0


def address_on(folder: Path) -> str:
    """The address on the newest strip in a printer's folder. ValueError: none is read off it."""
    for strip in sorted(folder.glob("*.png"), reverse=True):
        picture = cv2.imread(str(strip), cv2.IMREAD_GRAYSCALE)
        formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
        for code in zxingcpp.read_barcodes(picture, formats=formats):
            if PATH in code.text:
                return code.text
        break
    raise ValueError("no code to rate at on the newest receipt")


def rate(address: str, grade: int, words: str) -> str:
    """Open the page, choose a grade, write something, send it. What the phone shows then. ValueError: not taken."""
    _open(address)
    return _said(requests.post(address, data={"grade": str(grade), "words": words}, timeout=_SECONDS))


def find_fault(address: str, words: str) -> str:
    """Follow the page's link to 我要找茬 and send a few words. What the phone shows then. ValueError: not taken."""
    link = re.search(r'href="(/rate/fault[^"]*)"', _open(address, ok=False).text)
    if link is None:
        raise ValueError("no way to find fault on the page")
    page = _open(urllib.parse.urljoin(address, html.unescape(link[1])))
    fields = {
        name: html.unescape(value) for name, value in re.findall(r'name="(once|code)" value="([^"]*)"', page.text)
    }
    target = urllib.parse.urljoin(address, "/rate/fault")
    return _said(requests.post(target, data={**fields, "words": words}, timeout=_SECONDS))


def _open(address: str, ok: bool = True) -> requests.Response:
    page = requests.get(address, timeout=_SECONDS)
    if ok:
        _said(page)
    return page


def _said(page: requests.Response) -> str:
    title = re.search(r"<h1[^>]*>([^<]*)</h1>", page.text)
    said = html.unescape(title[1]) if title else ""
    if not page.ok:
        raise ValueError(f"the phone shows: {said or page.status_code}")
    return said
