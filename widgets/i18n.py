"""Translations. The source texts are Chinese; English comes from resources/i18n/yichuang_en.ts, read as it is.

The .ts file is made by `pylupdate6` (part of PyQt6). Reading it directly spares the target machines `lrelease`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # our own file, shipped with the program
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

import resources
from app.domain.errors import EnvironmentProblem

LANGUAGES = ("zh", "en")

CORE = "Core"
"""The context under which the core's messages are asked for (app.presenters.core_words answers)."""


class TsTranslator(QTranslator):
    """Answers from a .ts file."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        try:
            root = ET.parse(file).getroot()  # noqa: S314
        except (OSError, ET.ParseError) as error:
            raise EnvironmentProblem(
                "界面译文读不出", f"文件 {file.name}：{error}", "请重新安装本程序；在此之前可用中文界面。"
            ) from error
        for context in root.iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") in ("vanished", "obsolete"):
                    continue
                source, text = message.findtext("source", ""), translation.text or ""
                if text:
                    self._texts[name, source] = text
                    self._anywhere.setdefault(source, text)

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(  # type: ignore[override]  # the stubs forget that Qt wants a null for "none"
        self,
        context: str | None,
        sourceText: str | None,  # noqa: N803 (Qt's own name)
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The English text; None when there is none (Qt then shows the source, which its own texts rely on).

        PyQt6 names the context after the object's run-time class, so a text of a base class is asked for under the
        name of its child: hence the second look.
        """
        source = sourceText or ""
        return self._texts.get((context or "", source)) or self._anywhere.get(source)


def install_translator(app: QCoreApplication, language: str) -> QTranslator:
    """Make the texts of every widget built from now on appear in language ("zh" or "en").

    Chinese needs Qt's own few texts only (copy, paste …). ValueError for another language; EnvironmentProblem when our
    translation file is missing or broken. Gives what was installed, for QCoreApplication.removeTranslator.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    translator: QTranslator
    if language == "zh":
        translator = QTranslator(app)
        # Absent on a trimmed installation: then a line's menu is English, which is no reason not to start.
        translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    else:
        translator = TsTranslator(resources.path("i18n/yichuang_en.ts"), app)
    app.installTranslator(translator)
    return translator


def language() -> str:
    """The language in force. It is itself a translated text, so it needs no state beside Qt's own."""
    return QCoreApplication.translate("Language", "zh")


def pick(chinese: str, english: str) -> str:
    """The text in the language in force; Chinese where there is no English."""
    return english if english and language() == "en" else chinese


def core_words(text: str) -> str:
    """A message of the core or a name of the catalogue, in the language in force; as it is without English."""
    return QCoreApplication.translate(CORE, text) if text and language() == "en" else text
