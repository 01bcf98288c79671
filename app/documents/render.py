"""From a paper's data to a signed PDF: what the rest of the program sees of it.

The press behind it parses tens of megabytes of fonts (half a second) and stands on heavy libraries. No window needs
them before its first paper, so they are loaded then, or by `warm` on a thread that has nothing better to do.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.documents.format import Format
from app.documents.offers import NONE, Offers
from app.domain.clock import shanghai
from app.domain.document import Paper, RenderedPaper
from app.domain.item import Catalog
from app.licences.cose import Algorithm, SigningKey

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from app.documents.fonts import PaperFonts
    from app.documents.press import Press


class PaperRenderer:
    """Makes the papers of one window. May be used by several threads.

    signer: the window's key, EdDSA (its signatures are deterministic, so the same paper always has the same bytes).
    issuer: who hands the papers over, for the file's metadata. catalog: see body_of.
    glyphs: the folder for pictures of characters that no font has (with the installed fonts only, not with `fonts`).
    certificate: of the key, as the platform gave it; b"" while there is none. offers: what the hall offers.
    """

    def __init__(
        self,
        signer: SigningKey,
        issuer: str,
        fonts: PaperFonts | None = None,
        catalog: Catalog | None = None,
        glyphs: Path | None = None,
        certificate: Callable[[], bytes] = bytes,
        offers: Offers = NONE,
    ) -> None:
        """ValueError for a key of another kind."""
        if signer.alg is not Algorithm.EDDSA:
            raise ValueError("papers are signed with EdDSA: other signatures differ at each reprint of the same bytes")
        self._signer = signer
        self._issuer = issuer
        self._fonts = fonts
        self._catalog = catalog
        self._glyphs = glyphs
        self._certificate = certificate
        self._offers = offers
        self._press: Press | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load what the papers need, now rather than at the first. EnvironmentProblem without a Chinese font."""
        self._loaded().warm()

    def require(self, text: str, about: str) -> None:
        """BadInput, naming it, when a paper could not show a character of the text. Errors else as for `warm`."""
        self._loaded().require(text, about)

    def render(self, paper: Paper, format: Format = Format.A4) -> RenderedPaper:
        """The paper as PDF. The same paper in the same format gives the same bytes.

        MissingGlyph: a character that nothing draws, with its place. Defect: no case, or cases of several applicants.
        EnvironmentProblem: no Chinese font is installed.
        """
        return self._loaded().render(paper, format)

    def on_sheet(self, paper: Paper, name: str) -> bytes:
        """The paper's PDF in a format by its name (Format.named; KeyError). Errors else as for `render`."""
        return self.render(paper, Format.named(name)).pdf

    def once_more(self, pdf: bytes, number: int, at: dt.datetime, clerk: str) -> bytes:
        """A paper that was kept, marked on each page as its nth further print. Errors as `stamped`."""
        from app.documents.paint import PdfInfo
        from app.documents.stamp import stamped
        from app.documents.wording import load_wording

        when = shanghai(at)
        words = f"{load_wording('common').text('reprint', n=number)}　{when:%Y-%m-%d %H:%M}　{clerk}"
        info = PdfInfo(title=words, author=self._issuer, subject="", keywords="", made=when)
        return stamped(pdf, words, self._loaded().fonts, info)

    def receipt(self, paper: Paper, width_dots: int, large: bool = False) -> npt.NDArray[np.uint8]:
        """The paper as a picture for a thermal head of so many dots: uint8 BGR, every dot 0 or 255. large: also without
        it, what an assisted visit is given is.

        It is the strip's PDF, dot by dot: preview and print show what is verified. ValueError: narrower than 384 dots.
        Errors else as for `render`.
        """
        from app.documents.receipt import strip_format, strip_picture

        shape = strip_format(width_dots)
        return strip_picture(self.render(paper, shape.enlarged if large or paper.assisted else shape).pdf, width_dots)

    def rate_link(self, paper: Paper) -> str:
        """Where its visitor rates later: the address that it carries; "" for none."""
        links = self._offers.links
        return links.of(paper.cases) if links is not None else ""

    def add_picture(self, char: str, picture: bytes) -> None:
        """Draw a character that no font has with this picture (PNG, JPEG) from now on. Errors as GlyphPictures.add."""
        self._loaded().fonts.regular.pictures.add(char, picture)

    def _loaded(self) -> Press:
        with self._lock:
            if self._press is None:
                from app.documents.fonts import load_fonts
                from app.documents.glyphs import GlyphPictures
                from app.documents.press import Press

                fonts = self._fonts or load_fonts(pictures=GlyphPictures(self._glyphs))
                self._press = Press(self._signer, self._issuer, fonts, self._catalog, self._certificate, self._offers)
            return self._press
