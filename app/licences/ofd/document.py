"""The skeleton of an OFD: its entry file, document root, resources, pages, annotations (GB/T 33190 §7).

Only the first document of a file is shown, as every reader does; that there are more is said (`Document.notes`).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from app.licences.ofd.geometry import Box, numbers
from app.licences.ofd.markup import Node, parse
from app.licences.ofd.package import Package, resolve
from app.licences.ofd.refusal import OfdRefused, Why

MAX_PAGES = 100
MAX_RESOURCES = 5000
SMALLEST, LARGEST = 5.0, 1300.0
"""Millimetres, a side of a page: A0 is 841 by 1189."""
A4 = Box(0, 0, 210, 297)


@dataclass(frozen=True, slots=True)
class Font:
    """file: in the package, "" when the font is only named."""

    name: str
    file: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """A picture's file. format: as stated, upper case."""

    file: str
    format: str = ""


@dataclass(slots=True)
class Resources:
    """Everything that objects name by number. One space of numbers for the document (§7.9), so one table each."""

    fonts: dict[str, Font] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    draw_params: dict[str, Node] = field(default_factory=dict)
    units: dict[str, Node] = field(default_factory=dict)
    colour_spaces: dict[str, Node] = field(default_factory=dict)

    def count(self) -> int:
        return len(self.fonts) + len(self.media) + len(self.draw_params) + len(self.units) + len(self.colour_spaces)


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page by its number in the document's own counting (`id`) and its file."""

    id: str
    file: str


@dataclass(slots=True)
class Document:
    """An opened document. custom: the entry file's CustomDatas. templates: id -> (file, order). signatures: the list
    of seals, "" for none. annotations: page id -> file. notes: what the clerk should know, in words."""

    package: Package
    file: str
    title: str
    custom: dict[str, str]
    page_box: Box
    pages: tuple[PageRef, ...]
    resources: Resources
    templates: dict[str, tuple[str, str]]
    signatures: str
    annotations: dict[str, str]
    tags: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    notes: list[str] = field(default_factory=list)
    parsed: dict[str, Node] = field(default_factory=dict)

    def xml(self, file: str) -> Node:
        """A file of the package, parsed once."""
        if file not in self.parsed:
            self.parsed[file] = parse(self.package.read(file), posixpath.basename(file))
        return self.parsed[file]


def signature_list(package: Package) -> str:
    """The file that lists the seals, "" when there is none. Judged before the document itself is read."""
    body = _body(parse(package.read("OFD.xml"), "OFD.xml"))
    location = body.word_of("Signatures")
    return resolve("OFD.xml", location) if location else ""


def open_document(package: Package) -> Document:
    """OfdRefused when the skeleton is not one."""
    entry = parse(package.read("OFD.xml"), "OFD.xml")
    body = _body(entry)
    root_file = resolve("OFD.xml", _needed(body.word_of("DocRoot"), "DocRoot"))
    root = parse(package.read(root_file), posixpath.basename(root_file))
    common = root.child("CommonData") or Node("CommonData", {})
    custom = {n.get("Name"): n.word for n in (body.child("DocInfo", "CustomDatas") or Node("", {})).all("CustomData")}
    document = Document(
        package=package,
        file=root_file,
        title=body.word_of("DocInfo", "Title"),
        custom={name: value for name, value in custom.items() if name},
        page_box=_area(common.child("PageArea")) or A4,
        pages=_pages(root, root_file),
        resources=Resources(),
        templates=_templates(common, root_file),
        signatures=signature_list(package),
        annotations=_annotations(package, root, root_file),
        tags=_tags(package, root, root_file),
        attachments=_attachments(package, root, root_file),
        parsed={"OFD.xml": entry, root_file: root},
    )
    if len(list(entry.all("DocBody"))) > 1:
        document.notes.append("文件内还有其他文档，只显示第一个")
    for kind in ("PublicRes", "DocumentRes"):
        for place in common.all(kind):
            add_resources(document, resolve(root_file, place.word))
    return document


def add_resources(document: Document, file: str) -> None:
    """Take a resource file in; a page may bring its own. Missing ones are noted, not fatal: the page still tells."""
    if file not in document.package:
        document.notes.append("有资源文件缺失")
        return
    root = document.xml(file)
    base = posixpath.join(posixpath.dirname(file), root.get("BaseLoc")) + "/"
    table = document.resources
    for node in root.walk():
        key = node.get("ID")
        if not key or len(key) > 20:
            continue
        if node.name == "Font":
            place = node.word_of("FontFile")
            font_file = _place(document, base, file, place)
            name = node.get("FontName") or node.get("FamilyName")
            table.fonts[key] = Font(name, font_file, _yes(node.get("Bold")), _yes(node.get("Italic")))
        elif node.name == "MultiMedia" and node.get("Type", "Image") == "Image":
            media = _place(document, base, file, node.word_of("MediaFile"))
            table.media[key] = Media(media, node.get("Format").upper())
        elif node.name == "DrawParam":
            table.draw_params[key] = node
        elif node.name == "CompositeGraphicUnit":
            table.units[key] = node
        elif node.name == "ColorSpace":
            table.colour_spaces[key] = node
        if table.count() > MAX_RESOURCES:
            raise OfdRefused(Why.TOO_MUCH, "资源")


def page_box(document: Document, page: Node) -> Box:
    """The page's paper, else the document's. OfdRefused when it is no size of paper."""
    box = _area(page.child("Area")) or document.page_box
    if not (SMALLEST <= box.width <= LARGEST and SMALLEST <= box.height <= LARGEST):
        raise OfdRefused(Why.PAGE_SIZE, f"{box.width:.0f}×{box.height:.0f} 毫米")
    return box


def called(document: Document) -> dict[str, str]:
    """What a clerk calls the files of a document."""
    names = {"OFD.xml": "文档信息", document.file: "文档信息", document.signatures: "印章清单"}
    names |= {font.file: "字体" for font in document.resources.fonts.values()}
    names |= {media.file: "图片" for media in document.resources.media.values()}
    names |= {file: "版式模板" for file, _ in document.templates.values()}
    names |= dict.fromkeys(document.annotations.values(), "批注")
    names |= dict.fromkeys(document.tags, "标引数据")
    names |= {file: "附件" for _, file in document.attachments}
    names |= {page.file: f"第 {number} 页" for number, page in enumerate(document.pages, 1)}
    return names


def _body(entry: Node) -> Node:
    body = entry.child("DocBody")
    if entry.name != "OFD" or body is None:
        raise OfdRefused(Why.NOT_OFD, "OFD.xml")
    return body


def _needed(word: str, about: str) -> str:
    if not word:
        raise OfdRefused(Why.STRUCTURE, about)
    return word


def _area(node: Node | None) -> Box | None:
    if node is None:
        return None
    for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        values = numbers(node.word_of(name))
        if len(values) == 4:
            return Box(*values)
    return None


def _pages(root: Node, file: str) -> tuple[PageRef, ...]:
    listed = root.child("Pages")
    pages = tuple(PageRef(n.get("ID"), resolve(file, n.get("BaseLoc"))) for n in (listed.all("Page") if listed else ()))
    if not pages:
        raise OfdRefused(Why.STRUCTURE, "没有页面")
    if len(pages) > MAX_PAGES:
        raise OfdRefused(Why.TOO_MUCH, f"{len(pages)} 页，不得超过 {MAX_PAGES} 页")
    return pages


def _templates(common: Node, file: str) -> dict[str, tuple[str, str]]:
    return {
        n.get("ID"): (resolve(file, n.get("BaseLoc")), n.get("ZOrder", "Background"))
        for n in common.all("TemplatePage")
        if n.get("BaseLoc")
    }


def _annotations(package: Package, root: Node, root_file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in root.all("Annotations"):
        file = resolve(root_file, place.word)
        if file in package:
            for node in parse(package.read(file), "Annotations").all("Page"):
                found[node.get("PageID")] = resolve(file, node.word_of("FileLoc"))
    return found


def _tags(package: Package, root: Node, root_file: str) -> tuple[str, ...]:
    found: list[str] = []
    for place in root.all("CustomTags"):
        file = resolve(root_file, place.word)
        if file in package:
            for node in parse(package.read(file), "CustomTags").all("CustomTag"):
                location = node.word_of("FileLoc")
                found += [resolve(file, location)] if location else []
    return tuple(found[:20])


def _attachments(package: Package, root: Node, root_file: str) -> tuple[tuple[str, str], ...]:
    """(name, file) of what is attached."""
    found: list[tuple[str, str]] = []
    for place in root.all("Attachments"):
        file = resolve(root_file, place.word)
        if file in package:
            for node in parse(package.read(file), "Attachments").all("Attachment"):
                location = node.word_of("FileLoc")
                found += [(node.get("Name"), resolve(file, location))] if location else []
    return tuple(found[:50])


def _place(document: Document, base: str, file: str, location: str) -> str:
    """Where a resource lies. Beside the stated folder by the standard; some write it from the resource file itself."""
    if not location:
        return ""
    path = resolve(base, location)
    if path not in document.package and (plain := resolve(file, location)) in document.package:
        return plain
    return path


def _yes(text: str) -> bool:
    return text.strip().lower() in ("true", "1")
