"""OFD e-licences of made-up people, with roots, makers of seals and signers of their own; whole, and tampered with.

`SealWorld` is who seals; `business_licence` and `page_ofd` write files; `sealed` puts a seal on them; `pack` zips.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gm_kit import Identity, bits, ia5, integer, make_identity, octets, oid, sequence, tlv, utf8, when
from ofd_pictures import MARKET, emblem, latin_font, seal_picture

from app.licences.gm.sm2 import SM2_WITH_SM3, SM3_OID, sm3
from app.licences.identifier import build_identifier

NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
SEALED = dt.datetime(2024, 5, 6, 2, 30, tzinfo=dt.UTC)
MARKET_USCC = "11330500MB1C202664"
FIRM_USCC = "92330502MA2KX2026U"
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Files = dict[str, bytes]


def years(number: float) -> dt.timedelta:
    return dt.timedelta(days=round(365.25 * number))


@dataclass
class SealWorld:
    """root -> ca -> signer; maker_root -> maker."""

    root: Identity
    ca: Identity
    signer: Identity
    maker_root: Identity
    maker: Identity

    @classmethod
    def make(cls) -> SealWorld:
        start, end = SEALED - years(3), SEALED + years(20)
        root = make_identity("演示国密根证书中心", "Demo SM2 Root", start, end, ca=True)
        ca = make_identity("浙江演示政务证书中心", "Demo Gov CA", start, end, root, ca=True)
        signer = make_identity(MARKET, "证照专用章", SEALED - years(1), SEALED + years(5), ca, uscc=MARKET_USCC)
        maker_root = make_identity("演示印章管理中心", "Demo Seal Root", start, end, ca=True)
        maker = make_identity("湖州演示制章有限公司", "Demo Maker", SEALED - years(2), SEALED + years(3), maker_root)
        return cls(root, ca, signer, maker_root, maker)

    def trust(
        self, folder: Path, *, issuers: Iterable[Mapping[str, object]] = (), revoked: Iterable[object] = ()
    ) -> Path:
        """A trust folder: the CA for signers, the root of the makers, and what is said of them."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "gov-ca.pem").write_bytes(self.ca.pem)
        (folder / "seal-root.pem").write_bytes(self.maker_root.pem)
        said = list(issuers) or [
            {"file": "gov-ca.pem", "seal": ["signer"]},
            {"file": "seal-root.pem", "seal": ["maker"]},
        ]
        document = {"date": "2026-11-20", "issuers": said, "revoked": list(revoked)}
        (folder / "trust.json").write_text(json.dumps(document), "utf-8")
        return folder


@functools.cache
def world() -> SealWorld:
    """One for all tests of a process: making it takes a moment."""
    return SealWorld.make()


# ------------------------------------------------------------------------------------------------------- pages


def text(number: int, x: float, y: float, words: str, size: float = 4.2, **more: str) -> str:
    """A line of text: its baseline at y. more: attributes; `inside` goes into the element."""
    inside = more.pop("inside", "")
    attributes = "".join(f' {key}="{value}"' for key, value in ({"Font": "1"} | more).items())
    step = " ".join(str(size if ord(char) > 0xFF else size / 2) for char in words[:-1])
    delta = f' DeltaX="{step}"' if step else ""
    wide = size * (len(words) + 1)
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y - size} {wide} {size * 1.3}" Size="{size}"'
        f'{attributes}>{inside}<ofd:TextCode X="0" Y="{size}"{delta}>{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def colour(value: str, alpha: int = 255) -> str:
    return f'<ofd:FillColor Value="{value}" Alpha="{alpha}"/>'


def frame(number: int, x: float, y: float, width: float, height: float, line: float, value: str) -> str:
    data = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{x} {y} {width} {height}" LineWidth="{line}">'
        f'<ofd:StrokeColor Value="{value}"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    )


ENTRY = (
    f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
    "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID><ofd:Title>{title}</ofd:Title>{custom}</ofd:DocInfo>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>"
)


def page_ofd(
    content: str,
    *,
    box: str = "0 0 297 210",
    title: str = "演示证照",
    resources: str = "",
    more: Mapping[str, bytes] | None = None,
    common: str = "",
    root: str = "",
    custom: Mapping[str, str] | None = None,
    pages: int = 1,
) -> Files:
    """The files of a document without a seal. content: of the layer; common, root: more of Document.xml."""
    said = "".join(f'<ofd:CustomData Name="{key}">{value}</ofd:CustomData>' for key, value in (custom or {}).items())
    custom_xml = f"<ofd:CustomDatas>{said}</ofd:CustomDatas>" if said else ""
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>'
        f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{root}</ofd:Document>"
    )
    fonts = (
        '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/><ofd:Font ID="2" FontName="黑体"/>'
        '<ofd:Font ID="4" FontName="楷体"/></ofd:Fonts>'
    )
    layer = f'<ofd:Layer ID="900">{content}</ofd:Layer>'
    page = f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}><ofd:Content>{layer}</ofd:Content></ofd:Page>'
    files = {
        "OFD.xml": ENTRY.format(title=title, custom=custom_xml, signatures="").encode(),
        "Doc_0/Document.xml": document.encode(),
        "Doc_0/PublicRes.xml": f'<ofd:Res {NS} BaseLoc="Res">{fonts}{resources}</ofd:Res>'.encode(),
    }
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": page.encode() for n in range(pages)}
    return files | dict(more or {})


@dataclass(frozen=True)
class Firm:
    """Made up, with valid check digits."""

    name: str = "湖州𬭚㛃理发店"
    uscc: str = FIRM_USCC
    person: str = "张㛃𠮷䶮"
    address: str = "浙江省湖州市吴兴区衣裳街88号1幢103室（沿街商铺一层东侧第三间）"
    until: str = "2021年03月05日至长期"
    serial: str = "20240012345"


def identifier_of(firm: Firm) -> str:
    return str(build_identifier("11100000MB0C2026XX".ljust(18, "0") + "001", MARKET_USCC, firm.serial))


def business_licence(firm: Firm = Firm(), *, tags: bool = True, attachment: Mapping[str, str] | None = None) -> Files:
    """A business licence: frame, emblem, embedded Latin font by glyph number, two-line address, tags."""
    grey = colour("90 90 90")
    address = (firm.address[:18], firm.address[18:])
    body = [
        frame(10, 10, 10, 277, 190, 1.2, "176 140 60"),
        frame(11, 13, 13, 271, 184, 0.3, "176 140 60"),
        '<ofd:ImageObject ID="12" Boundary="138 18 21 21" ResourceID="20" CTM="21 0 0 21 0 0"/>',
        text(13, 107.5, 58, "营业执照", 18, Font="2", inside=colour("176 30 30")),
        text(14, 30, 48, "统一社会信用代码", 4, inside=grey),
        _code(15, 30, 55, firm.uscc),
        text(16, 40, 85, "名", inside=grey), text(17, 60, 85, "称", inside=grey),
        text(18, 72, 85, firm.name),
        text(19, 40, 98, "类", inside=grey), text(21, 60, 98, "型", inside=grey), text(22, 72, 98, "个体工商户"),
        text(23, 40, 111, "法定代表人", inside=grey), text(24, 72, 111, firm.person, Font="4"),
        text(25, 40, 124, "经营范围", inside=grey), text(26, 72, 124, "理发服务；生活美容服务（凭许可证经营）"),
        text(27, 165, 85, "注册日期", inside=grey), text(28, 197, 85, "2021年03月05日"),
        text(29, 165, 98, "营业期限", inside=grey), text(30, 197, 98, firm.until),
        text(31, 165, 111, "住　　所", inside=grey), text(32, 197, 111, address[0]), text(33, 197, 117.5, address[1]),
        text(34, 30, 192, f"证照标识：{identifier_of(firm)}", 2.6, inside=grey),
        text(35, 215, 176, "登记机关"), text(36, 215, 184, "2024年05月06日"),
    ]  # fmt: skip
    more: Files = {"Doc_0/Res/emblem.jpg": emblem(), "Doc_0/Res/latin.ttf": latin_font()}
    root = ""
    if tags:
        more["Doc_0/Tags/CustomTags.xml"] = (
            f'<ofd:CustomTags {NS}><ofd:CustomTag TypeID="licence"><ofd:FileLoc>Tag_0.xml</ofd:FileLoc></ofd:CustomTag>'
            "</ofd:CustomTags>"
        ).encode()
        refs = {"名称": "18", "法定代表人": "24"}
        said = "".join(f'<{k}><ofd:ObjectRef PageRef="1">{v}</ofd:ObjectRef></{k}>' for k, v in refs.items())
        more["Doc_0/Tags/Tag_0.xml"] = f"<照面信息 {NS}>{said}</照面信息>".encode()
        root += "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>"
    if attachment is not None:
        more["Doc_0/Attachs/Attachments.xml"] = (
            f'<ofd:Attachments {NS}><ofd:Attachment ID="1" Name="元数据" Format="XML">'
            "<ofd:FileLoc>meta.xml</ofd:FileLoc>"
            "</ofd:Attachment></ofd:Attachments>"
        ).encode()
        said = "".join(f"<{key}>{value}</{key}>" for key, value in attachment.items())
        more["Doc_0/Attachs/meta.xml"] = f"<meta>{said}</meta>".encode()
        root += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    resources = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image" Format="JPEG"><ofd:MediaFile>emblem.jpg</ofd:MediaFile>'
        '</ofd:MultiMedia></ofd:MultiMedias><ofd:Fonts><ofd:Font ID="3" FontName="DejaVu Sans">'
        "<ofd:FontFile>latin.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>"
    )
    return page_ofd("".join(body), title="营业执照", resources=resources, more=more, root=root)


def _code(number: int, x: float, y: float, code: str) -> str:
    """The firm's code in the embedded font, by glyph number as makers of OFD write it."""
    from app.licences.ofd.sfnt import read_sfnt

    table = read_sfnt(latin_font())
    glyphs = " ".join(str(table.glyph(char)) for char in code)
    transform = (
        f'<ofd:CGTransform CodePosition="0" CodeCount="{len(code)}" GlyphCount="{len(code)}">'
        f"<ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>"
    )
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y - 5} 90 7" Font="3" Size="5">{transform}'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(code) - 1} 3.4">{code}</ofd:TextCode></ofd:TextObject>'
    )


# ------------------------------------------------------------------------------------------------------- seals


@dataclass(frozen=True)
class SealPlan:
    """How a seal is made and set. certificates: of those who may use it (default: the signer's)."""

    version: int = 4
    name: str = f"{MARKET}证照专用章"
    id: str = "DEMOSEAL0001"
    at: dt.datetime = SEALED
    created: dt.datetime = SEALED - dt.timedelta(days=30)
    starts: dt.datetime = SEALED - dt.timedelta(days=30)
    ends: dt.datetime = SEALED + years(3)
    certificates: tuple[bytes, ...] | None = None
    by_digest: bool = False
    picture_type: str = "png"
    picture: bytes = b""
    box: str = "205 148 40 40"
    clip: str = ""
    page: str = "1"
    exclude: frozenset[str] = frozenset()
    """Files left without protection."""
    kind: str = "Seal"
    algorithm: str = SM2_WITH_SM3
    method: str = SM3_OID
    plain_signature: bool = False
    """r and s side by side, as some write them."""
    old_time: bytes = b""
    extra: bool = False
    """With a time stamp behind the signature."""
    change: Callable[[bytes], bytes] | None = field(default=None, compare=False)
    """Applied to the signed value at the end."""


def sealed(files: Files, by: SealWorld | None = None, plan: SealPlan = SealPlan(), number: int = 0) -> Files:
    """The files with a seal more on them. number: how many there are already."""
    by = by or world()
    files = dict(files)
    folder = "Doc_0/Signs"
    entry = files["OFD.xml"].decode()
    if "<ofd:Signatures>" not in entry:
        entry = entry.replace(
            "</ofd:DocBody>", f"<ofd:Signatures>{folder}/Signatures.xml</ofd:Signatures></ofd:DocBody>"
        )
        files["OFD.xml"] = entry.encode()
    listed = "".join(
        f'<ofd:Signature ID="{n + 1}" Type="{plan.kind}" BaseLoc="Sign_{n}/Signature.xml"/>' for n in range(number + 1)
    )
    files[f"{folder}/Signatures.xml"] = f"<ofd:Signatures {NS}>{listed}</ofd:Signatures>".encode()
    own = f"{folder}/Sign_{number}"
    references = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>{base64.b64encode(sm3(data)).decode()}</ofd:CheckValue>'
        "</ofd:Reference>"
        for name, data in files.items()
        if not name.startswith((f"{folder}/Signatures.xml", own)) and name not in plan.exclude
    )
    clip = f' Clip="{plan.clip}"' if plan.clip else ""
    signature_xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Signature {NS}><ofd:SignedInfo>'
        '<ofd:Provider ProviderName="Demo" Company="Demo" Version="1.0"/>'
        f"<ofd:SignatureMethod>{SM2_WITH_SM3}</ofd:SignatureMethod>"
        f"<ofd:SignatureDateTime>{plan.at:%Y%m%d%H%M%SZ}</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{plan.method}">{references}</ofd:References>'
        f'<ofd:StampAnnot ID="9{number}" PageRef="{plan.page}" Boundary="{plan.box}"{clip}/>'
        "</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    ).encode()
    files[f"{own}/Signature.xml"] = signature_xml
    value = signed_value(by, plan, sm3(signature_xml))
    files[f"{own}/SignedValue.dat"] = plan.change(value) if plan.change else value
    return files


def signed_value(by: SealWorld, plan: SealPlan, data_hash: bytes) -> bytes:
    """SES_Signature, version 4 or 1."""
    seal = make_seal(by, plan)
    signer = by.signer
    if plan.version == 4:
        tbs = sequence(integer(4), seal, when(plan.at), bits(data_hash), ia5("/Doc_0/Signs/Sign_0/Signature.xml"))
        value = bits(_signature(signer, tbs, plan))
        stamp = tlv(0xA0, bits(b"\x30\x00")) if plan.extra else b""
        return sequence(tbs, octets(signer.certificate), oid(plan.algorithm), value, stamp)
    moment = (
        plan.old_time or plan.at.astimezone(dt.timezone(dt.timedelta(hours=8))).strftime("%Y-%m-%d %H:%M:%S").encode()
    )
    tbs = sequence(
        integer(1), seal, bits(moment), bits(data_hash), ia5("/Doc_0/Signs/Sign_0/Signature.xml"),
        octets(signer.certificate), oid(plan.algorithm),
    )  # fmt: skip
    return sequence(tbs, bits(_signature(signer, tbs, plan)))


def make_seal(by: SealWorld, plan: SealPlan) -> bytes:
    """SESeal, version 4 or 1."""
    allowed = plan.certificates if plan.certificates is not None else (by.signer.certificate,)
    if plan.by_digest:
        listed = sequence(*(sequence(tlv(0x13, b"SM3"), octets(sm3(one))) for one in allowed))
    else:
        listed = sequence(*map(octets, allowed))
    list_type = integer(2 if plan.by_digest else 1) if plan.version == 4 else b""
    info = sequence(
        sequence(ia5("ES"), integer(plan.version), ia5("DemoMaker")),
        ia5(plan.id),
        sequence(
            integer(1), utf8(plan.name), list_type, listed, when(plan.created), when(plan.starts), when(plan.ends)
        ),
        sequence(ia5(plan.picture_type), octets(plan.picture or seal_picture()), integer(40), integer(40)),
    )
    certificate, algorithm = octets(by.maker.certificate), oid(plan.algorithm)
    if plan.version == 4:
        return sequence(info, certificate, algorithm, bits(by.maker.signer.sign(info)))
    signature = by.maker.signer.sign(sequence(info, certificate, algorithm))
    return sequence(info, sequence(certificate, algorithm, bits(signature)))


def _signature(signer: Identity, tbs: bytes, plan: SealPlan) -> bytes:
    value = signer.signer.sign(tbs)
    if not plan.plain_signature:
        return value
    from app.licences.gm.der import read

    return b"".join(number.integer().to_bytes(32, "big") for number in read(value).items())


def pack(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name.endswith(".ttf") else None)
    return out.getvalue()


def with_signer(**change: object) -> SealWorld:
    """The world with another signer's certificate: keyword arguments of make_identity; issuer "none": self-signed."""
    base = world()
    start, end = change.pop("start", SEALED - years(1)), change.pop("end", SEALED + years(5))
    organisation = change.pop("organisation", MARKET)
    issuer = change.pop("issuer", base.ca)
    signer = make_identity(organisation, "证照专用章", start, end, issuer, **change)  # type: ignore[arg-type]
    return replace(base, signer=signer)
