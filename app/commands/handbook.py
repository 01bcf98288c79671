"""`yichuang handbook`: the handbook's chapters, or as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import YES, say
from app.domain.errors import EnvironmentProblem


def handbook(args: argparse.Namespace) -> int:
    """The chapters, one a line; with --pdf written as a PDF of all books or of one."""
    from app.handbook.books import BOOKS, load_books

    books = load_books([args.book] if args.book else BOOKS)
    if args.pdf is None:
        for book in books:
            for chapter in book.chapters:
                say({"book": book.id, "chapter": chapter.id, "title": chapter.title, "pictures": len(chapter.pictures)})
        return YES
    from app.documents.fonts import load_fonts
    from app.handbook.pdf import make_pdf

    data = make_pdf(books, load_fonts())
    try:
        Path(args.pdf).write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem("手册没有写出", f"{args.pdf}：{error.strerror}。", "请换一个能写的位置。") from error
    say({"pdf": args.pdf, "books": [book.id for book in books], "bytes": len(data)})
    return YES
