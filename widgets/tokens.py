"""The design tokens: every colour and measure of the screen has its name here and nowhere else (docs/design.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

from widgets.tone import Tone

TONE_INKS: Mapping[Tone, str] = MappingProxyType(
    {
        Tone.NEUTRAL: "ink_soft",
        Tone.INFO: "accent",
        Tone.SUCCESS: "success",
        Tone.WARNING: "warning",
        Tone.ERROR: "error",
    }
)
"""The token of each tone's text and icons."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours as #RRGGBB. Pairs meant for text hold a contrast of at least 4.5:1 (`TEXT_PAIRS`)."""

    ground: str = "#EDF0F3"
    surface: str = "#FFFFFF"
    sunken: str = "#F5F7F9"
    hover: str = "#E9EDF2"
    line: str = "#DCE1E7"
    edge: str = "#808B99"
    """Border of what can be typed into: 3:1 against the surface."""
    scroll: str = "#B4BCC7"
    ink: str = "#18212C"
    ink_soft: str = "#46515E"
    ink_faint: str = "#5B6673"
    ink_off: str = "#8A94A0"
    """Disabled only: exempt from the contrast rule, and meant to recede."""
    accent: str = "#17598F"
    accent_deep: str = "#0F4573"
    accent_soft: str = "#E3EEF7"
    on_accent: str = "#FFFFFF"
    success: str = "#1A6B43"
    success_soft: str = "#E4F3EA"
    warning: str = "#835200"
    warning_soft: str = "#FCF1D9"
    error: str = "#AE2720"
    error_soft: str = "#FBE9E7"
    error_deep: str = "#8C1D18"
    neutral_soft: str = "#E8EBEF"
    paper: str = "#FFFFFF"
    """Papers and pages are white in every theme: they show what comes out of the printer."""
    film: str = "#1D242D"
    """Behind pictures of the cameras."""
    on_film: str = "#E6EAEF"
    header: str = "#16324C"
    on_header: str = "#FFFFFF"
    on_header_soft: str = "#C6D5E3"

    def tokens(self) -> dict[str, str]:
        """name -> #RRGGBB, for the style sheet."""
        return asdict(self)

    def ink_of(self, tone: Tone) -> str:
        """The text colour of a tone."""
        return str(getattr(self, TONE_INKS[tone]))

    def soft_of(self, tone: Tone) -> str:
        """The background that goes with `ink_of`."""
        return {
            Tone.NEUTRAL: self.neutral_soft,
            Tone.INFO: self.accent_soft,
            Tone.SUCCESS: self.success_soft,
            Tone.WARNING: self.warning_soft,
            Tone.ERROR: self.error_soft,
        }[tone]


LIGHT = Palette()
DARK = Palette(
    ground="#12161B",
    surface="#1B2128",
    sunken="#222A32",
    hover="#2C3641",
    line="#3A4551",
    edge="#7B8896",
    scroll="#56626F",
    ink="#E8ECF1",
    ink_soft="#BDC7D1",
    ink_faint="#A3AFBB",
    ink_off="#707C88",
    accent="#7DBAF0",
    accent_deep="#A6D0F6",
    accent_soft="#1B3248",
    on_accent="#081521",
    success="#70D39E",
    success_soft="#173427",
    warning="#EDBB60",
    warning_soft="#3A2D14",
    error="#FF948C",
    error_soft="#432220",
    error_deep="#FFB3AD",
    neutral_soft="#2C353F",
    film="#080B0E",
    on_film="#E6EAEF",
    header="#0D2135",
    on_header="#FFFFFF",
    on_header_soft="#C6D5E3",
)
CONTRAST = Palette(
    ground="#000000",
    surface="#000000",
    sunken="#0C0C0C",
    hover="#262626",
    line="#8C8C8C",
    edge="#FFFFFF",
    scroll="#BFBFBF",
    ink="#FFFFFF",
    ink_soft="#F0F0F0",
    ink_faint="#D6D6D6",
    ink_off="#8F8F8F",
    accent="#FFE14D",
    accent_deep="#FFF0A3",
    accent_soft="#332B00",
    on_accent="#000000",
    success="#6DFFAA",
    success_soft="#002E14",
    warning="#FFC061",
    warning_soft="#352200",
    error="#FFA59E",
    error_soft="#3D0B08",
    error_deep="#FFD0CC",
    neutral_soft="#262626",
    film="#000000",
    on_film="#FFFFFF",
    header="#000000",
    on_header="#FFFFFF",
    on_header_soft="#F0F0F0",
)
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK, "contrast": CONTRAST})
"""The themes by the names that settings and `widgets.look.Look` use."""

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "hover"),
    ("ink", "accent_soft"),
    ("ink", "warning_soft"),
    ("ink", "error_soft"),
    ("ink", "success_soft"),
    ("ink_soft", "ground"),
    ("ink_soft", "surface"),
    ("ink_soft", "sunken"),
    ("ink_soft", "hover"),
    ("ink_soft", "neutral_soft"),
    ("ink_soft", "accent_soft"),
    ("ink_soft", "warning_soft"),
    ("ink_soft", "error_soft"),
    ("ink_soft", "success_soft"),
    ("ink_faint", "ground"),
    ("ink_faint", "surface"),
    ("ink_faint", "sunken"),
    ("ink_faint", "hover"),
    ("ink_faint", "accent_soft"),
    ("accent", "surface"),
    ("accent", "sunken"),
    ("accent", "ground"),
    ("accent", "hover"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_deep"),
    ("on_accent", "error"),
    ("on_accent", "error_deep"),
    ("success", "surface"),
    ("success", "success_soft"),
    ("warning", "surface"),
    ("warning", "hover"),
    ("warning", "sunken"),
    ("warning", "warning_soft"),
    ("error", "surface"),
    ("error", "sunken"),
    ("error", "error_soft"),
    ("on_film", "film"),
    ("on_header", "header"),
    ("on_header_soft", "header"),
)
"""(text, background) pairs in use. A test holds each to 4.5:1 in every theme."""

EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    ("edge", "surface"),
    ("edge", "ground"),
    ("accent", "surface"),
    ("accent", "ground"),
    ("accent", "sunken"),
    ("error", "surface"),
    ("warning", "surface"),
)
"""(edge or focus ring, what it stands on). A test holds each to 3:1 in every theme."""


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0 … 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 … 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
