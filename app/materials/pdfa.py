"""A material of several pages as one PDF/A-2b (ISO 19005-2): JPEG pages as they are, nothing decoded or encoded again.

What the level asks for and is here: an sRGB output intent with its ICC profile, XMP metadata that says what the Info
dictionary says, a file identifier, a binary mark in the header; no encryption, fonts, scripts or transparency.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from PIL import ImageCms

from app.domain.clock import shanghai
from app.domain.errors import BadInput
from app.materials.picture_size import picture_size

_A4 = (595.276, 841.89)
_PRODUCER = "Yichuang"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pages_to_pdf(pages: Sequence[bytes], title: str, at: dt.datetime) -> bytes:
    """JPEG pages, each fitted on an A4 page that lies as the picture lies. The same input gives the same bytes.

    at: when the file is made, UTC. BadInput when there is no page, or one is no JPEG in grey or three colours.
    """
    if not pages:
        raise BadInput("不能导出", "这份材料还没有拍。", "按 F6 拍摄后再导出。")
    title = "".join(char for char in title if ord(char) >= 32)
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    made = shanghai(at)
    catalog, tree = add(b""), add(b"")
    info = add(
        b"<< /Title %s /Producer (%s) /CreationDate (%s) /ModDate (%s) >>"
        % (_text(title), _PRODUCER.encode(), _stamp(made), _stamp(made))
    )
    metadata = add(_stream(b"/Type /Metadata /Subtype /XML", _xmp(title, made)))
    profile = add(_stream(b"/N 3 /Alternate /DeviceRGB", _srgb()))
    kids = []
    for number, data in enumerate(pages, 1):
        kids.append(_page(add, tree, number, data))
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (
        len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)
    )  # fmt: skip
    objects[catalog - 1] = (
        b"<< /Type /Catalog /Pages %d 0 R /Metadata %d 0 R /Lang (zh-CN) "
        b"/ViewerPreferences << /DisplayDocTitle true >> "
        b"/OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
        b"/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >> ] >>" % (tree, metadata, profile)
    )
    return _file(objects, catalog, info)


def _page(add: Callable[[bytes], int], tree: int, number: int, data: bytes) -> int:
    size = picture_size(data) if data.startswith(_JPEG) else None
    channels = _channels(data)
    if size is None or channels not in (1, 3):
        raise BadInput("不能导出", f"第 {number} 页的图片已损坏，或者不是 JPEG。", "请重新拍摄这一页。")
    space = b"/DeviceRGB" if channels == 3 else b"/DeviceGray"
    image = add(
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s /Filter /DCTDecode"
            % (*size, space),
            data,
        )
    )
    paper = _A4 if size[1] >= size[0] else _A4[::-1]
    scale = min(paper[0] / size[0], paper[1] / size[1])
    wide, high = size[0] * scale, size[1] * scale
    left, low = (paper[0] - wide) / 2, (paper[1] - high) / 2
    drawing = add(_stream(b"", f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm /P Do Q".encode()))
    return add(
        b"<< /Type /Page /Parent %d 0 R /MediaBox [ 0 0 %.3f %.3f ] /Contents %d 0 R "
        b"/Resources << /XObject << /P %d 0 R >> >> >>" % (tree, *paper, drawing, image)
    )


def _channels(data: bytes) -> int:
    """Colour components of a JPEG by its frame header (ITU-T T.81 B.2.2); 0 when there is none."""
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _FRAMES:
            return data[place + 9]
        place += 1 if marker == 0xFF else 2 + int.from_bytes(data[place + 2 : place + 4])
    return 0


@functools.cache
def _srgb() -> bytes:
    """The sRGB profile. Its header's day and identifier are blanked: the same file must have the same bytes."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:12] = b"\x04\x20\x00\x00"  # ICC.1:2004-10, the newest that ISO 19005-2 may rely on; nothing newer is in it
    data[24:36] = b"".join(part.to_bytes(2) for part in (2000, 1, 1, 0, 0, 0))
    data[84:100] = bytes(16)  # "not calculated", ICC.1:2010 §7.2.18
    return bytes(data)


def _xmp(title: str, made: dt.datetime) -> bytes:
    at = f"{made:%Y-%m-%dT%H:%M:%S}+08:00"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{_PRODUCER}</pdf:Producer>
<xmp:CreateDate>{at}</xmp:CreateDate>
<xmp:ModifyDate>{at}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _text(words: str) -> bytes:
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()


def _stamp(made: dt.datetime) -> bytes:
    return f"D:{made:%Y%m%d%H%M%S}+08'00'".encode()


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _file(objects: Sequence[bytes], catalog: int, info: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    name = hashlib.sha256(out).hexdigest()[:32].upper().encode()
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ] >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, catalog, info, name, name, start
    )  # fmt: skip
    return bytes(out)
