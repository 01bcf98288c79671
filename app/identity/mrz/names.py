"""Names in the zone: national letters as A to Z (ICAO Doc 9303-3, section 6), and the field they stand in."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass

_LATIN = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Ö": "OE", "Ø": "OE", "Ü": "UE", "Þ": "TH", "ẞ": "SS", "ß": "SS",
    "Đ": "D", "Ħ": "H", "ı": "I", "Ĳ": "IJ", "ĸ": "Q", "Ł": "L", "Ŀ": "L", "Ŋ": "N", "Œ": "OE", "Ŧ": "T",
}  # fmt: skip
_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z", "И": "I", "Й": "I",
    "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F",
    "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU",
    "Я": "IA", "Ѐ": "E", "Ђ": "D", "Ѓ": "G", "Є": "IE", "Ѕ": "DZ", "І": "I", "Ї": "I", "Ј": "J", "Љ": "LJ",
    "Њ": "NJ", "Ћ": "C", "Ќ": "K", "Ѝ": "I", "Ў": "U", "Џ": "DZ", "Ѫ": "U", "Ѵ": "Y", "Ґ": "G", "Ғ": "F",
}  # fmt: skip
_CYRILLIC_OF = {
    "BGR": {"Щ": "SHT", "Ъ": "A"},
    "BLR": {"Г": "H", "Ё": "IO", "И": "Y"},
    "UKR": {"Г": "H", "И": "Y"},
    "SRB": {"Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "MKD": {"Х": "H", "Ц": "C"},
}
_FIRST_OF = {"UKR": {"Є": "YE", "Ї": "YI"}}
_ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B", "ة": "XTA", "ت": "T",
    "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH", "ر": "R", "ز": "Z", "س": "S", "ش": "XSH",
    "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ", "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L",
    "م": "M", "ن": "N", "ه": "H", "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P",
    "ځ": "XKE", "څ": "XXH", "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ",
    "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG", "گ": "XGG", "ں": "XNN", "ڼ": "XXN", "ھ": "XDO", "ۀ": "XYH",
    "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA", "ۍ": "XXY", "ې": "Y", "ے": "XYB", "ۓ": "XBE",
}  # fmt: skip
_DOUBLED = "\u0651"
_DROPPED = "'’ʼʻʹ`´.·"
_SPLITTING = " -‐–,/"


def transliterate(name: str, issuer: str = "") -> str:
    """A name as the zone writes it: A to Z, one filler between its parts; what has no letters there is left out.

    issuer: the state's code; some Cyrillic letters are written otherwise in BGR, BLR, MKD, SRB and UKR.
    """
    cyrillic = _CYRILLIC | _CYRILLIC_OF.get(issuer, {})
    first = _FIRST_OF.get(issuer, {})
    out: list[str] = []
    for char in unicodedata.normalize("NFC", name):
        upper = char if char in "ıĸß" else char.upper()
        if char == _DOUBLED and out:
            out.append(out[-1])
        elif upper in _SPLITTING:
            out.append("<")
        elif upper in first and (not out or out[-1] == "<"):
            out.append(first[upper])
        elif upper not in _DROPPED:
            table = _LATIN.get(upper, cyrillic.get(upper, _ARABIC.get(upper)))
            base = unicodedata.normalize("NFD", upper)[0]
            out.append(table if table is not None else base if base in string.ascii_uppercase else "")
    return "<".join(part for part in "".join(out).split("<") if part)


def names_field(surname: str, given: str, width: int) -> str:
    """Both as one field of a width (transliterated already). Too long: shortened so that both show and the last
    character is a letter, which says that something may be missing (Doc 9303-4, 4.2.3)."""
    whole = surname + ("<<" + given if given else "")
    if len(whole) <= width:
        return whole.ljust(width, "<")
    if not given:
        return _ending_in_letter(surname, width)
    first, *others = given.split("<")
    initials = "<".join([first, *(part[0] for part in others)])
    room = width - 2 - len(surname)
    if room >= 1:
        # Initials before whole names cut off, unless they would leave room that a letter could fill.
        return _ending_in_letter(f"{surname}<<{initials if len(initials) >= room else given}", width)
    keep = _ending_in_letter(surname, width - 3)
    return f"{keep}<<{first[0]}"


def _ending_in_letter(text: str, width: int) -> str:
    if len(text) <= width or text[width - 1] != "<":
        return text[:width]
    # A filler at the end would say that the name is whole: the word before gives way to the next one's initial.
    before, after = text[:width].rstrip("<"), text[width - 1 :].lstrip("<")
    gap = len(text) - len(before) - len(after)
    return before[: width - gap - 1] + "<" * gap + after[0]


@dataclass(frozen=True, slots=True)
class Names:
    """The two parts with spaces between words. truncated: the field is full, so something may be missing."""

    surname: str
    given: str
    truncated: bool
    regular: bool
    """False: the field is not built as the standard says (a second double filler, a filler first, a digit)."""


def read_names(field: str) -> Names:
    """The names of a field; never raises: an irregular field gives what can be read of it."""
    body = field.rstrip("<")
    surname, parted, given = body.partition("<<")
    regular = bool(surname) and not any(char.isdigit() for char in body) and "<<" not in given
    regular = regular and not given.startswith("<") and not (parted and not given)
    words = [" ".join(word for word in part.split("<") if word) for part in (surname, given)]
    return Names(words[0], words[1], not field.endswith("<"), regular)
