"""The seals of a file: what each protects, where it stands, and its signed value (GB/T 33190 §18)."""

from __future__ import annotations

import base64
import binascii
import posixpath
from dataclasses import dataclass

from app.licences.gm import der
from app.licences.gm.sm2 import SM3_OID
from app.licences.ofd.geometry import Box
from app.licences.ofd.markup import Node, parse
from app.licences.ofd.package import Package, resolve
from app.licences.ofd.refusal import OfdRefused, Why
from app.licences.ofd.ses import SealSignature, read_signature

MAX_SEALS = 20
MAX_REFERENCES = 4000


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a seal is seen. page: the page's id. clip: the part of the picture that is shown, inside the box."""

    page: str
    box: Box
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class SealPart:
    """One entry of the list of seals. file: its Signature.xml; raw: that file's bytes. references: protected file ->
    its digest as stated. value: None when it cannot be read, and problem says why. method: of the digests, an OID.
    plain: a signature without a seal (Type="Sign")."""

    id: str
    file: str
    raw: bytes
    references: tuple[tuple[str, bytes], ...]
    stamps: tuple[Stamp, ...]
    value: SealSignature | None
    problem: str = ""
    method: str = SM3_OID
    plain: bool = False


def read_seals(package: Package, listed: str) -> tuple[SealPart, ...]:
    """All seals of a file; listed: the file that names them, "" for none. OfdRefused when the list itself is torn."""
    if not listed:
        return ()
    root = parse(package.read(listed, track=False), posixpath.basename(listed))
    nodes = list(root.all("Signature"))
    if len(nodes) > MAX_SEALS:
        raise OfdRefused(Why.TOO_MUCH, "签章")
    return tuple(_read(package, listed, node) for node in nodes)


def _read(package: Package, listed: str, node: Node) -> SealPart:
    file = resolve(listed, node.get("BaseLoc"))
    raw = package.read(file, track=False)
    root = parse(raw, posixpath.basename(file))
    info = root.child("SignedInfo") or Node("SignedInfo", {})
    listing = info.child("References") or Node("References", {})
    references: list[tuple[str, bytes]] = []
    for reference in listing.all("Reference"):
        if len(references) >= MAX_REFERENCES:
            raise OfdRefused(Why.TOO_MUCH, "签章")
        try:
            digest = base64.b64decode(reference.word_of("CheckValue"), validate=True)
        except binascii.Error:
            digest = b""
        references.append((resolve(file, reference.get("FileRef")), digest))
    value, problem = None, ""
    try:
        value = read_signature(package.read(resolve(file, root.word_of("SignedValue")), track=False))
    except OfdRefused as refused:
        problem = refused.what
    except der.BadDer:
        problem = "不是电子签章数据"
    return SealPart(
        id=node.get("ID"),
        file=file,
        raw=raw,
        references=tuple(references),
        stamps=tuple(_stamp(one) for one in info.all("StampAnnot") if Box.read(one.get("Boundary"))),
        value=value,
        problem=problem,
        method=listing.get("CheckMethod", SM3_OID),
        plain=node.get("Type", root.get("Type", "Seal")).lower() == "sign",
    )


def _stamp(node: Node) -> Stamp:
    return Stamp(node.get("PageRef"), Box.read(node.get("Boundary")) or Box(0, 0, 0, 0), Box.read(node.get("Clip")))
