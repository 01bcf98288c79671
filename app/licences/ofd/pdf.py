"""A one-page PDF out of drawing operations: just enough of ISO 32000-1 for PDFium to paint an OFD page.

PDFium is on board already, paints with anti-aliasing, clips, blends and takes fonts by glyph number, and is kept safe
against hostile fonts and pictures by those who make a browser of it. The PDF is only its sheet of instructions.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from app.licences.ofd.fonts import Face

MM = 72 / 25.4


@dataclass(slots=True)
class Sheet:
    """width, height: millimetres. Operations are written in millimetres, y down, from the upper left corner."""

    width: float
    height: float
    _operations: list[str] = field(default_factory=list)
    _faces: dict[str, tuple[str, Face]] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _images: list[tuple[str, int | None]] = field(default_factory=list)
    _streams: list[tuple[str, bytes]] = field(default_factory=list)

    def write(self, *operations: str) -> None:
        self._operations += operations

    def font(self, face: Face) -> str:
        """The name by which operations call this face."""
        if face.name not in self._faces:
            self._faces[face.name] = (f"F{len(self._faces)}", face)
        return self._faces[face.name][0]

    def state(self, alpha: float, ink: bool = False) -> str:
        """The name of a graphics state that paints with this opacity (0 to 1). ink: what lies below shines through."""
        entries = f"/ca {alpha:.3f} /CA {alpha:.3f}" + (" /BM /Multiply" if ink else "")
        return self._states.setdefault(entries, f"A{len(self._states)}")

    def image(self, entries: str, data: bytes, mask: bytes | None = None) -> str:
        """Take a picture in. entries: of its dictionary. mask: 8-bit grey of the same size, where it shows."""
        covered = None
        if mask is not None:
            size = entries.partition("/ColorSpace")[0]
            head = f"{size}/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
            self._streams.append((f"/Type /XObject /Subtype /Image {head}", zlib.compress(mask, 1)))
            covered = len(self._streams) - 1
            entries += f" /SMask {{{covered}}} 0 R"
        self._streams.append((f"/Type /XObject /Subtype /Image {entries}", data))
        self._images.append((f"I{len(self._images)}", len(self._streams) - 1))
        return self._images[-1][0]

    def pdf(self) -> bytes:
        """The whole file."""
        maker = _Maker()
        fonts = {name: maker.font(face) for name, face in self._faces.values()}
        places: list[int] = []
        for entries, data in self._streams:
            for number, place in enumerate(places):
                entries = entries.replace(f"{{{number}}}", str(place))
            places.append(maker.stream(entries, data))
        resources = " ".join(
            (
                f"/Font << {' '.join(f'/{name} {number} 0 R' for name, number in fonts.items())} >>",
                f"/ExtGState << {' '.join(f'/{name} << {entries} >>' for entries, name in self._states.items())} >>",
                f"/XObject << {' '.join(f'/{name} {places[at or 0]} 0 R' for name, at in self._images)} >>",
            )
        )
        drawn = f"{MM:.6f} 0 0 {-MM:.6f} 0 {self.height * MM:.4f} cm\n" + "\n".join(self._operations)
        content = maker.stream("/Filter /FlateDecode", zlib.compress(drawn.encode("ascii"), 1))
        box = f"[0 0 {self.width * MM:.4f} {self.height * MM:.4f}]"
        pages = maker.reserve()
        page = maker.add(
            f"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} /Contents {content} 0 R"
            f" /Resources << {resources} >> >>".encode("ascii")
        )
        maker.fill(pages, f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>".encode("ascii"))
        return maker.finish(maker.add(f"<< /Type /Catalog /Pages {pages} 0 R >>".encode("ascii")))


class _Maker:
    """Objects by number, and where each stands."""

    def __init__(self) -> None:
        self._objects: list[tuple[bytes | bytearray, ...]] = []

    def add(self, *body: bytes | bytearray) -> int:
        """In parts, so that 20 MB of a font are not copied for each bracket around them."""
        self._objects.append(body)
        return len(self._objects)

    def reserve(self) -> int:
        return self.add(b"null")

    def fill(self, number: int, body: bytes) -> None:
        self._objects[number - 1] = (body,)

    def stream(self, entries: str, data: bytes | bytearray) -> int:
        head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii")
        return self.add(head, data, b"\nendstream")

    def font(self, face: Face) -> int:
        """By glyph number: two bytes are one, whatever characters the font knows."""
        data = face.data()
        # TrueType's key also for OpenType with CFF: glyph numbers then pass through unchanged, without a charset.
        file = self.stream(f"/Length1 {len(data)}", data)
        descriptor = self.add(
            f"<< /Type /FontDescriptor /FontName /OFD+F{file} /Flags 4 /FontBBox [-1000 -1000 2000 2000]"
            f" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>".encode(
                "ascii"
            )
        )
        below = self.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /OFD+F{file} /CIDToGIDMap /Identity /DW 1000"
            f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {descriptor} 0 R >>".encode("ascii")
        )
        return self.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /OFD+F{file} /Encoding /Identity-H"
            f" /DescendantFonts [{below} 0 R] >>".encode("ascii")
        )

    def finish(self, root: int) -> bytes:
        parts: list[bytes | bytearray] = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        places = []
        at = len(parts[0])
        for number, body in enumerate(self._objects, 1):
            places.append(at)
            whole = (b"%d 0 obj\n" % number, *body, b"\nendobj\n")
            at += sum(map(len, whole))
            parts += whole
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        parts += [b"%010d 00000 n \n" % place for place in places]
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, at))
        return b"".join(parts)
