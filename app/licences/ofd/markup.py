"""XML from a stranger: no document types, no entities, nothing from outside, bounded in size, depth and number.

Over expat of the standard library, whose own element builder gives no hold on a DOCTYPE; that is all that defusedxml
would add, and lxml would bring a second parser to keep patched. Names lose their prefix, whatever it is bound to:
makers of OFD write several namespaces, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from app.licences.ofd.refusal import OfdRefused, Why

MAX_BYTES = 24 * 1024 * 1024
MAX_DEPTH = 60
MAX_NODES = 200_000
_GB = re.compile(rb"""<\?xml[^>]{0,80}encoding=["']gb""", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """name: without prefix. text: what stands directly in it; `word` is that without the blanks around it."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def word(self) -> str:
        return self.text.strip()

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def child(self, *path: str) -> Node | None:
        """The first descendant by this path of names."""
        found: Node | None = self
        for name in path:
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found

    def all(self, name: str) -> Iterator[Node]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def word_of(self, *path: str) -> str:
        found = self.child(*path)
        return found.word if found else ""

    def walk(self) -> Iterator[Node]:
        """This one and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class _Builder:
    def __init__(self, about: str) -> None:
        self.root: Node | None = None
        self._about = about
        self._open: list[Node] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_NODES or len(self._open) >= MAX_DEPTH:
            raise OfdRefused(Why.XML_LIMIT, self._about)
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(":")[2], plain)
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)

    def end(self, _: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def refuse(self, *_: object) -> Any:
        raise OfdRefused(Why.ENTITY, self._about)


def parse(data: bytes, about: str = "") -> Node:
    """The root of a file. about: its name, for the message. OfdRefused when it is none, or does what it must not."""
    if len(data) > MAX_BYTES:
        raise OfdRefused(Why.XML_LIMIT, about)
    builder = _Builder(about)
    chinese = _GB.search(data[:200])
    if chinese:  # expat knows no GB encodings
        data = data.decode("gb18030", "replace").encode()
    parser = expat.ParserCreate("utf-8" if chinese else None)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    # Before any of its contents are looked at: what is never declared can never be expanded or fetched.
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    parser.ExternalEntityRefHandler = builder.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise OfdRefused(Why.XML, about) from error
    if builder.root is None:
        raise OfdRefused(Why.XML, about)
    return builder.root
