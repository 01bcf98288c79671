"""What is to be drawn on a page: texts, paths and pictures in the order of painting, in page millimetres.

Layers, templates, blocks, composite units and annotations are resolved here, so that drawing and reading the fields
see the very same list.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.licences.ofd.colours import BLACK, Paint, read_paint
from app.licences.ofd.document import Document, PageRef, add_resources, page_box
from app.licences.ofd.geometry import MAX_SEGMENTS, Box, Matrix, Segment, number, numbers, read_path
from app.licences.ofd.markup import Node
from app.licences.ofd.package import resolve
from app.licences.ofd.refusal import OfdRefused, Why
from app.licences.ofd.texts import Glyph, read_glyphs

AS_IT_IS, NO_ROOM = Matrix(), Box(0, 0, 0, 0)
MAX_OBJECTS = 10_000
MAX_NESTING = 8
MAX_WEIGHT = 3_000_000
"""Characters of path data and text, counted each time that they are drawn."""
_HOLDERS = frozenset({"PageBlock", "Layer", "Content"})
_LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}


@dataclass(frozen=True, slots=True)
class Clip:
    """An area in page millimetres outside which nothing is drawn."""

    segments: tuple[Segment, ...]
    even_odd: bool = False

    def by(self, matrix: Matrix) -> Clip:
        return Clip(transformed(self.segments, matrix), self.even_odd)


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn. width: millimetres."""

    width: float = 0.353
    join: str = "Miter"
    cap: str = "Butt"
    dash: tuple[float, ...] = ()
    dash_offset: float = 0.0
    miter: float = 3.528


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to draw. place: from its own coordinates to the page. fill, stroke: None where it is not."""

    id: str = ""
    place: Matrix = AS_IT_IS
    clips: tuple[Clip, ...] = ()
    fill: Paint | None = None
    stroke: Paint | None = None
    pen: Pen = Pen()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem(Item):
    """size: millimetres. box: where it may show, in page millimetres."""

    font: str = ""
    size: float = 0.0
    wide: float = 1.0
    bold: bool = False
    italic: bool = False
    glyphs: tuple[Glyph, ...] = ()
    box: Box = NO_ROOM


@dataclass(frozen=True, slots=True, kw_only=True)
class PathItem(Item):
    segments: tuple[Segment, ...] = ()
    even_odd: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageItem(Item):
    """The unit square of `place` holds the picture. data: instead of a resource, the bytes themselves. ink: what lies
    below shines through, as through the ink of a seal."""

    resource: str = ""
    data: bytes = b""
    alpha: float = 1.0
    ink: bool = False


@dataclass(frozen=True, slots=True)
class PageContent:
    """items in painting order. notes: what could not be drawn as meant, in words."""

    box: Box
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    document: Document
    items: list[Item] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    seen: int = 0
    weight: int = 0
    segments: int = 0
    paths: dict[int, tuple[Segment, ...]] = field(default_factory=dict)

    def path(self, node: Node) -> tuple[Segment, ...]:
        """The path that a node's text describes, worked out once however often it is drawn."""
        if id(node) not in self.paths:
            self.paths[id(node)] = tuple(read_path(node.word_of("AbbreviatedData")))
        found = self.paths[id(node)]
        self.segments += len(found)
        if self.segments > MAX_SEGMENTS:
            raise OfdRefused(Why.TOO_MUCH, "页面内容")
        return found

    def count(self, node: Node) -> None:
        """A unit of a thousand lines drawn a thousand times is a million lines."""
        self.seen += 1
        if node.name not in _HOLDERS:
            self.weight += sum(len(part.text) for part in node.walk())
        if self.seen > MAX_OBJECTS or self.weight > MAX_WEIGHT:
            raise OfdRefused(Why.TOO_MUCH, "页面内容")


@dataclass(frozen=True, slots=True)
class _State:
    """What an object inherits. units: those that are being drawn, so that none draws itself."""

    place: Matrix = AS_IT_IS
    clips: tuple[Clip, ...] = ()
    alpha: float = 1.0
    params: tuple[Node, ...] = ()
    depth: int = 0
    units: tuple[str, ...] = ()


def page_content(document: Document, page: PageRef) -> PageContent:
    """All that a page shows but its seals. OfdRefused: no page, no size of paper, too deep, too much."""
    root = document.xml(page.file)
    box = page_box(document, root)
    for resource in root.all("PageRes"):
        add_resources(document, resolve(page.file, resource.word))
    walk = _Walk(document)
    for _, layer in sorted(_layers(document, root, (page.file,)), key=lambda found: found[0]):
        _draw_all(walk, layer, _with_params(walk, _State(), layer))
    annotations = document.annotations.get(page.id)
    if annotations and annotations in document.package:
        for annotation in document.xml(annotations).all("Annot"):
            _annotation(walk, annotation)
    placed = tuple(_moved(item, -box.x, -box.y) if box.x or box.y else item for item in walk.items)
    return PageContent(Box(0, 0, box.width, box.height), placed, tuple(walk.notes))


def _moved(item: Item, x: float, y: float) -> Item:
    shift = Matrix(e=x, f=y)
    moved = replace(item, place=item.place.then(shift), clips=tuple(clip.by(shift) for clip in item.clips))
    if isinstance(moved, TextItem):
        return replace(moved, box=Box(moved.box.x + x, moved.box.y + y, moved.box.width, moved.box.height))
    return moved


def _layers(document: Document, page: Node, path: tuple[str, ...]) -> list[tuple[int, Node]]:
    """(order of painting, layer): the templates' own among the page's. path: files that are being drawn."""
    found: list[tuple[int, Node]] = []
    if len(path) > MAX_NESTING:
        raise OfdRefused(Why.RECURSION)
    for use in page.all("Template"):
        template = document.templates.get(use.get("TemplateID"))
        if template is None or template[0] not in document.package:
            continue
        file, default = template
        if file in path:
            raise OfdRefused(Why.RECURSION)
        rank = _LAYERS.get(use.get("ZOrder") or default, 0)
        found += [(rank * 10, layer) for _, layer in _layers(document, document.xml(file), (*path, file))]
    content = page.child("Content")
    for layer in content.all("Layer") if content else ():
        found.append((_LAYERS.get(layer.get("Type", "Body"), 1) * 10 + 1, layer))
    return found


def _annotation(walk: _Walk, node: Node) -> None:
    appearance = node.child("Appearance")
    if appearance is None or node.get("Visible", "true").lower() == "false":
        return
    box = Box.read(appearance.get("Boundary"))
    state = _State()
    if box is not None:
        state = replace(state, place=Matrix(e=box.x, f=box.y), clips=(Clip(rectangle(box)),))
    _draw_all(walk, appearance, state)


def _draw_all(walk: _Walk, parent: Node, state: _State) -> None:
    if state.depth > MAX_NESTING:
        raise OfdRefused(Why.RECURSION)
    for node in parent.children:
        walk.count(node)
        if node.get("Visible", "true").lower() == "false":
            continue
        match node.name:
            case "TextObject" | "PathObject" | "ImageObject":
                item = _object(walk, node, state)
                if item is not None:
                    walk.items.append(item)
            case "CompositeObject":
                _composite(walk, node, state)
            case "PageBlock":
                _draw_all(walk, node, replace(state, depth=state.depth + 1))
            case "VideoObject" | "AudioObject":
                walk.notes["页面中有音视频，未显示"] = None


def _composite(walk: _Walk, node: Node, state: _State) -> None:
    key = node.get("ResourceID")
    unit = walk.document.resources.units.get(key)
    if unit is None:
        walk.notes["有图形缺失"] = None
        return
    if key in state.units:
        raise OfdRefused(Why.RECURSION)
    inner = replace(_entered(walk, node, state, 0.0), depth=state.depth + 1, units=(*state.units, key))
    inner = replace(inner, alpha=inner.alpha * _alpha(node))
    content = unit.child("Content")
    if content is not None:
        _draw_all(walk, content, _with_params(walk, inner, node))


def _entered(walk: _Walk, node: Node, state: _State, slack: float) -> _State:
    """Inside an object: its corner and matrix applied, clipped to its boundary. slack: room around it, millimetres."""
    box = Box.read(node.get("Boundary"))
    clips = state.clips
    place = state.place
    if box is not None:
        wide = Box(box.x - slack, box.y - slack, box.width + 2 * slack, box.height + 2 * slack)
        clips = (*clips, Clip(rectangle(wide)).by(state.place))
        place = Matrix(e=box.x, f=box.y).then(place)
    own = node.child("Clips")
    inner = Matrix.read(node.get("CTM")).then(place)
    for clip in own.all("Clip") if own else ():
        clips = (*clips, *_areas(walk, clip, place))
    return replace(state, place=inner, clips=clips)


def _areas(walk: _Walk, clip: Node, place: Matrix) -> list[Clip]:
    """A clip's areas together make one region; text as a region is not supported and clips nothing."""
    segments: list[Segment] = []
    for area in clip.all("Area"):
        path = area.child("Path")
        if path is None:
            continue
        box = Box.read(path.get("Boundary")) or Box(0, 0, 0, 0)
        matrix = Matrix.read(path.get("CTM")).then(Matrix(e=box.x, f=box.y))
        matrix = matrix.then(Matrix.read(area.get("CTM"))).then(place)
        segments += transformed(walk.path(path), matrix)
    return [Clip(tuple(segments))] if segments else []


def _object(walk: _Walk, node: Node, state: _State) -> Item | None:
    state = _with_params(walk, state, node)
    size = number(node.get("Size"))
    # Makers fit a text's boundary tightly; by the letter of the standard its descenders would be cut off.
    inner = _entered(walk, node, state, size * 0.3 if node.name == "TextObject" else _line(node, state) / 2)
    alpha = state.alpha * _alpha(node)
    common = {"id": node.get("ID"), "place": inner.place, "clips": inner.clips, "pen": _pen(node, state)}
    fill = _paint(walk, node, state, "FillColor", alpha)
    stroke = _paint(walk, node, state, "StrokeColor", alpha)
    if node.name == "ImageObject":
        return ImageItem(**common, resource=node.get("ResourceID"), alpha=alpha)  # type: ignore[arg-type]
    if node.name == "PathObject":
        return PathItem(
            **common,  # type: ignore[arg-type]
            fill=(fill or BLACK.faded(alpha)) if _flag(node, "Fill", False) else None,
            stroke=(stroke or BLACK.faded(alpha)) if _flag(node, "Stroke", True) else None,
            segments=walk.path(node),
            even_odd=node.get("Rule") == "Even-Odd",
        )
    box = Box.read(node.get("Boundary"))
    if size <= 0 or box is None:
        return None
    return TextItem(
        **common,  # type: ignore[arg-type]
        fill=(fill or BLACK.faded(alpha)) if _flag(node, "Fill", True) else None,
        stroke=(stroke or BLACK.faded(alpha)) if _flag(node, "Stroke", False) else None,
        font=node.get("Font"),
        size=size,
        wide=number(node.get("HScale"), 1.0) or 1.0,
        bold=number(node.get("Weight"), 400) >= 600,
        italic=_flag(node, "Italic", False),
        glyphs=read_glyphs(node, size),
        box=bounds(transformed(rectangle(box), state.place)),
    )


def _with_params(walk: _Walk, state: _State, node: Node) -> _State:
    """The drawing parameters that a node names, and those that these rest on."""
    key = node.get("DrawParam")
    found: list[Node] = []
    while key and len(found) < MAX_NESTING:
        params = walk.document.resources.draw_params.get(key)
        if params is None or params in found:
            break
        found.append(params)
        key = params.get("Relative")
    return replace(state, params=(*found, *state.params)) if found else state


def _setting(node: Node, state: _State, name: str, otherwise: str) -> str:
    return next((value for source in (node, *state.params) if (value := source.get(name))), otherwise)


def _line(node: Node, state: _State) -> float:
    return number(_setting(node, state, "LineWidth", "0.353"), 0.353)


def _pen(node: Node, state: _State) -> Pen:
    return Pen(
        width=_line(node, state),
        join=_setting(node, state, "Join", "Miter"),
        cap=_setting(node, state, "Cap", "Butt"),
        dash=tuple(max(value, 0.0) for value in numbers(_setting(node, state, "DashPattern", ""))[:16]),
        dash_offset=number(_setting(node, state, "DashOffset", "0")),
        miter=number(_setting(node, state, "MiterLimit", "3.528"), 3.528),
    )


def _paint(walk: _Walk, node: Node, state: _State, name: str, alpha: float) -> Paint | None:
    for source in (node, *state.params):
        colour = source.child(name)
        if colour is not None:
            paint, exact = read_paint(colour, walk.document.resources.colour_spaces)
            if not exact:
                walk.notes["有渐变或图案底色，按单色显示"] = None
            return paint.faded(alpha)
    return None


def _alpha(node: Node) -> float:
    return min(max(number(node.get("Alpha", "255"), 255.0) / 255, 0.0), 1.0)


def _flag(node: Node, name: str, otherwise: bool) -> bool:
    text = node.get(name).strip().lower()
    return text in ("true", "1") if text else otherwise


def rectangle(box: Box) -> tuple[Segment, ...]:
    return (
        Segment("m", (box.x, box.y)),
        Segment("l", (box.right, box.y)),
        Segment("l", (box.right, box.bottom)),
        Segment("l", (box.x, box.bottom)),
        Segment("h"),
    )


def transformed(segments: tuple[Segment, ...] | list[Segment], by: Matrix) -> tuple[Segment, ...]:
    return tuple(
        Segment(s.kind, tuple(v for i in range(0, len(s.points), 2) for v in by.at(s.points[i], s.points[i + 1])))
        for s in segments
    )


def bounds(segments: tuple[Segment, ...]) -> Box:
    xs = [value for segment in segments for value in segment.points[::2]]
    ys = [value for segment in segments for value in segment.points[1::2]]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
