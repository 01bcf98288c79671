"""The design tokens: every colour and measure of the screen has its name here and nowhere else (docs/design.md)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from widgets.views import Tone


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
        return {
            Tone.NEUTRAL: self.ink_soft,
            Tone.INFO: self.accent,
            Tone.SUCCESS: self.success,
            Tone.WARNING: self.warning,
            Tone.ERROR: self.error,
        }[tone]

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
    ("warning", "sunken"),
    ("warning", "warning_soft"),
    ("error", "surface"),
    ("error", "sunken"),
    ("error", "error_soft"),
    ("on_film", "film"),
    ("on_header", "header"),
    ("on_header_soft", "header"),
)
"""(text, background) pairs in use. A test holds each to 4.5:1."""


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0 … 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 … 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
