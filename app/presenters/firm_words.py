"""A firm's profile in words for its page."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication

from app.domain.firm import FirmProfile, Fit, PolicyMatch, Reason, Scene, Tag
from app.firms.rules import plain
from app.services.firm_profile import yuan
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_firm import FirmRow, FirmView

_TONES = {Fit.YES: Tone.SUCCESS, Fit.NO: Tone.NEUTRAL, Fit.UNKNOWN: Tone.WARNING}
_SIGNS = {Fit.YES: "✓", Fit.NO: "✗", Fit.UNKNOWN: "?"}
_REASON_TONES = {Fit.YES: Tone.SUCCESS, Fit.NO: Tone.ERROR, Fit.UNKNOWN: Tone.WARNING}


def firm_view(profile: FirmProfile, scenes: Sequence[Scene]) -> FirmView:
    """The whole page. Words of tags, policies and scenes are the data's own: they exist in Chinese only."""
    translate = QCoreApplication.translate
    fitting = sum(one.fit is Fit.YES for one in profile.policies)
    below = translate("Firm", "{0} · {1} 个标签 · {2} 项政策符合，可测算 {3} 元").format(
        profile.number, len(profile.carried), fitting, plain(profile.total)
    )
    named = translate("Firm", "{0}（{1}）")
    silent = [named.format(one.name, core_words(one.why)) for one in profile.dimensions if not one.answered]
    warning = translate("Firm", "没有数据的维度按“待核”处理：{0}").format("、".join(silent)) if silent else ""
    carried = sorted(profile.tags, key=lambda tag: tag.fit is not Fit.YES)
    return FirmView(
        profile.name or profile.number,
        below,
        tuple(_tag(tag) for tag in carried),
        tuple(_policy(one) for one in profile.policies),
        tuple(scene_row(scene) for scene in scenes),
        warning,
    )


def scene_row(scene: Scene) -> FirmRow:
    """A scene that the code starts."""
    go = QCoreApplication.translate("Firm", "起办")
    return FirmRow(scene.id, (scene.name, scene.about), title=scene.name, below=scene.about, go=go)


def _tag(tag: Tag) -> FirmRow:
    translate = QCoreApplication.translate
    said = {
        Fit.YES: translate("Firm", "有"),
        Fit.NO: translate("Firm", "没有"),
        Fit.UNKNOWN: translate("Firm", "待核"),
    }[tag.fit]
    return FirmRow(tag.id, (tag.dimension, tag.name, said), _TONES[tag.fit], tag.name, tag.dimension, _why(tag.reasons))


def _policy(one: PolicyMatch) -> FirmRow:
    translate = QCoreApplication.translate
    said = {
        Fit.YES: translate("Firm", "符合"),
        Fit.NO: translate("Firm", "不符合"),
        Fit.UNKNOWN: translate("Firm", "待核"),
    }[one.fit]
    lines = _why(one.reasons)
    if one.working:
        lines += tuple((f"= {words}", Tone.NEUTRAL) for words in one.working)
    return FirmRow(
        one.id, (one.name, yuan(one) or "—", said), _TONES[one.fit], one.name, f"{one.department}　{one.about}", lines,
        translate("Firm", "去申报") if one.item and one.fit is not Fit.NO else "",
    )  # fmt: skip


def _why(reasons: Sequence[Reason]) -> tuple[tuple[str, Tone], ...]:
    return tuple((f"{_SIGNS[reason.fit]} {reason.words}", _REASON_TONES[reason.fit]) for reason in reasons)
