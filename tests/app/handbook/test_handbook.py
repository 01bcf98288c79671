"""The handbook says nothing that is not so: links, pictures, keys and commands exist, on the screen and on paper."""

from __future__ import annotations

import argparse
import io
import re
import shlex
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pytest
from PIL import Image
from running import ROOT

import resources
from app.cli import build_parser, main
from app.demo.scenario import load_scenario
from app.documents.fonts import load_fonts
from app.domain.errors import BadInput
from app.handbook.blocks import CodeBlock, Look, Picture, PictureRef, Prose, Span, Table, is_key, read_blocks
from app.handbook.books import BOOKS, Book, Chapter, load_books, picture_file
from app.handbook.html import searched, to_html
from app.handbook.pdf import make_pdf
from widgets.actions import actions

RARE = "㛃𠮷䶮𬭚"
MOST_BYTES = 3_000_000
"""All pictures together: they are in the package and in the tree."""
TRAINING = {"lessons", "coach"}
"""What .ci/make_handbook.py takes besides the scenarios."""


@pytest.fixture(scope="module")
def books() -> tuple[Book, ...]:
    return load_books()


def chapters(books: tuple[Book, ...]) -> Iterator[Chapter]:
    for book in books:
        yield from book.chapters


def spans(chapter: Chapter) -> Iterator[Span]:
    for block in chapter.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell
        elif not isinstance(block, Picture | CodeBlock):
            yield from block.spans


def commands(chapter: Chapter) -> Iterator[list[str]]:
    for span in spans(chapter):
        if span.look is Look.CODE and span.text.startswith("yichuang "):
            yield shlex.split(span.text)[1:]
    for block in chapter.blocks:
        if isinstance(block, CodeBlock):
            for line in block.text.split("\n"):
                if line.startswith("yichuang "):
                    yield shlex.split(line)[1:]


def unknown_words(words: list[str]) -> list[str]:
    """Of a command line, what the parser does not know: sub-commands and options, not their values."""
    parser = build_parser()
    wrong = []
    for word in words:
        sub = next((a for a in parser._actions if isinstance(a, argparse._SubParsersAction)), None)
        if word.startswith("--"):
            if word not in parser._option_string_actions and word not in build_parser()._option_string_actions:
                wrong.append(word)
        elif sub is not None and re.fullmatch("[a-z-]+", word):
            if word in sub.choices:
                parser = sub.choices[word]
            else:
                wrong.append(word)
    return wrong


def key_exists(key: str, known: set[str], sources: str) -> bool:
    """In the table of actions, or named by a dialog's own words or code."""
    if key in known or f" {key}" in sources or f'"{key}"' in sources:
        return True
    before, _, last = key.rpartition("+")
    if last.isdigit() and before and re.search(rf"{re.escape(before)}\+(?:1|\{{)", sources):
        return True  # a row of digits: Alt+1 …
    return "+" not in key and (f"Key_{last}" in sources or last in "↑↓←→−+=0123456789" or last == "空格")


def test_four_books_each_of_eight_chapters_or_more(books: tuple[Book, ...]) -> None:
    assert [book.id for book in books] == list(BOOKS)
    assert all(len(book.chapters) >= 8 for book in books)
    ids = [chapter.id for chapter in chapters(books)]
    assert len(ids) == len(set(ids))


def test_every_page_of_the_short_help_is_in_one_chapter(books: tuple[Book, ...]) -> None:
    topics = sorted(topic for chapter in chapters(books) for topic in chapter.topics)
    assert topics == sorted(file.stem.partition("-")[2] for file in resources.path("help/zh").glob("*.md"))


def test_links_lead_to_chapters(books: tuple[Book, ...]) -> None:
    ids = {chapter.id for chapter in chapters(books)}
    for chapter in chapters(books):
        assert {span.target for span in spans(chapter) if span.look is Look.LINK} <= ids, chapter.id


def test_pictures_are_there_and_their_scenarios_have_these_steps(books: tuple[Book, ...]) -> None:
    widgets = "".join(path.read_text("utf-8") for path in (ROOT / "widgets").rglob("*.py"))
    named = set()
    for chapter in chapters(books):
        for picture in chapter.pictures:
            ref = picture.ref
            named.add(ref.file)
            assert picture.caption, (chapter.id, ref)
            assert picture_file(picture).is_file(), f"{ref.file}: make handbook"
            if ref.scenario == "training":
                assert ref.step in TRAINING
            else:
                assert ref.step in {step.id for step in load_scenario(ref.scenario).steps}, (chapter.id, ref)
            assert not ref.widget or f'"{ref.widget}"' in widgets, (chapter.id, ref)
    files = list(resources.path("handbook/pictures").glob("*.png"))
    assert {file.name for file in files} == named
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_pictures_show_something(books: tuple[Book, ...]) -> None:
    for chapter in chapters(books):
        for picture in chapter.pictures:
            with Image.open(picture_file(picture)) as image:
                assert image.width >= 200, picture
                assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 20, picture


def test_keys_exist(books: tuple[Book, ...]) -> None:
    known = {action.key for action in actions()}
    sources = "".join(
        path.read_text("utf-8") for folder in ("widgets", "app/presenters") for path in (ROOT / folder).rglob("*.py")
    )
    for chapter in chapters(books):
        for span in spans(chapter):
            if span.look is Look.KEY:
                for key in re.split("[ –]", span.text):
                    assert key_exists(key, known, sources), (chapter.id, span.text)
    assert not key_exists("Ctrl+Shift+F12", known, sources)


def test_commands_exist(books: tuple[Book, ...]) -> None:
    found = [words for chapter in chapters(books) for words in commands(chapter)]
    assert len(found) > 15
    assert [(words, wrong) for words in found if (wrong := unknown_words(words))] == []
    assert unknown_words(["update", "undo"]) == ["undo"]
    assert unknown_words(["store", "purge", "--all"]) == ["--all"]


@pytest.mark.parametrize(
    ("words", "key"),
    [("F2", True), ("Ctrl+Shift+V", True), ("↑ ↓", True), ("Alt+1–9", True), ("空格", True), (".ofd", False),
     ("受理流水号", False), ("F", True), ("OK", False)],
    ids=["f2", "chord", "two", "range", "space", "suffix", "words", "letter", "two-letters"],
)  # fmt: skip
def test_what_is_a_key(words: str, key: bool) -> None:
    assert is_key(words) is key


def test_markdown_becomes_blocks_and_html() -> None:
    text = "# 题\n\n按 **F2**，见[材料](materials)。\n\n> 注意\n\n1. 一\n   - 二\n\n![图](a/b/c)\n\n```\nls\n```\n"
    blocks = read_blocks(text, lambda href: f"clerk/{href}")
    assert blocks[1] == Prose(
        (Span("按 "), Span("F2", Look.KEY), Span("，见"), Span("材料", Look.LINK, "clerk/materials"), Span("。"))
    )
    assert [getattr(block, "marker", "") for block in blocks[3:5]] == ["1.", "•"]
    assert blocks[5] == Picture(PictureRef("a", "b", "c"), "图")
    html = to_html(blocks)
    for part in ('class="key">\u00a0F2\u00a0<', 'href="clerk/materials"', 'src="a.b.c.png"', "<pre>ls</pre>", "注意"):
        assert part in html
    assert "材料" in searched(blocks)
    with pytest.raises(ValueError, match="hr"):
        read_blocks("一\n\n---\n\n二", str)


def test_an_unknown_book_is_refused() -> None:
    with pytest.raises(BadInput):
        load_books(["cook"])


def test_paper_has_contents_page_numbers_bookmarks_and_rare_characters() -> None:
    chapter = Chapter(
        "clerk/x",
        f"名字里有{RARE}",
        (),
        read_blocks(f"# 名字里有{RARE}\n\n按 **F2**。{'长文字' * 900}\n\n## 二\n\n末", str),
    )
    last = Chapter("clerk/y", "最后一章", (), read_blocks("# 最后一章\n\n完", str))
    data = make_pdf([Book("clerk", "试印", "给测试", (chapter, last))], load_fonts())
    assert data == make_pdf([Book("clerk", "试印", "给测试", (chapter, last))], load_fonts())
    with closing(pypdfium2.PdfDocument(io.BytesIO(data))) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
        marks = [mark.get_title() for mark in pdf.get_toc()]
    at = next(number for number, words in enumerate(pages, 1) if number > 2 and "最后一章" in words)
    assert re.search(rf"最后一章\s*{at}\b", pages[1]), pages[1]
    assert all(char in pages[2] for char in RARE)
    assert re.search(rf"试印\s*{at}\b", pages[at - 1])
    assert marks == [f"1　名字里有{RARE}", "2　最后一章"]


def test_the_command_lists_chapters_and_writes_a_book(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["handbook", "--book", "mobile"]) == 0
    assert '"chapter": "mobile/pack"' in capsys.readouterr().out
    file = tmp_path_factory.mktemp("handbook") / "mobile.pdf"
    assert main(["handbook", "--book", "mobile", "--pdf", str(file)]) == 0
    with closing(pypdfium2.PdfDocument(str(file))) as pdf:
        assert len(pdf) > 8
    assert main(["handbook", "--pdf", str(file / "none.pdf")]) == 2
