"""What makes a PDF a PDF/A-2b (ISO 19005-2) beside its pages, for every writer of ours: metadata and colour.

The XMP packet says what the Info dictionary says. The record of a paper travels in it as a property of our own with its
description (ISO 19005-2 §6.6.2.3.3): PDF/A-2 allows no attached file that is not PDF/A itself, PDF/A-3 would, and many
archives take no PDF/A-3. The packet is not compressed, so that it is found without a parser of PDF.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from PIL import ImageCms

NAMESPACE = "urn:yichuang:paper:1:"
"""Of the property `record`."""
CONDITION = "sRGB IEC61966-2.1"
"""How the output intent names its colours."""
MAX_PACKET = 3_000_000
"""Bytes of an XMP packet that is still read: a record of 1 MB with each character escaped."""
_MOST_PACKETS = 20
_BEGIN, _END = b"<?xpacket begin=", b"<?xpacket end="
# XML 1.0 §2.2 knows no others; what is drawn on a paper has none of them.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_RECORD = f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Yichuang paper</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>yichuang</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>record</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Every text on the paper and the number of drawings, page by page, as JSON; its digest is in \
the signed code</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:yichuang="{NAMESPACE}">
<yichuang:record>%s</yichuang:record>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself, in the Info dictionary and in the XMP packet alike; empty texts are left out.

    tool: the program that made the document; producer: the one that wrote the PDF. made: in legal time.
    """

    title: str
    made: dt.datetime
    author: str = ""
    subject: str = ""
    keywords: str = ""
    tool: str = ""
    producer: str = ""


def xmp(about: About, record: bytes = b"", part: int = 2) -> bytes:
    """The packet, UTF-8. record: UTF-8 text for the property of our own. part: of ISO 19005; 3 with attached files."""
    at = f"{about.made:%Y-%m-%dT%H:%M:%S}+08:00"
    lines = [
        f"<pdfaid:part>{part}</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<dc:format>application/pdf</dc:format>",
        _each('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>', about.title),
        _each("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", about.author),
        _each(
            '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
            about.subject,
        ),
        _each("<pdf:Keywords>{}</pdf:Keywords>", about.keywords),
        _each("<pdf:Producer>{}</pdf:Producer>", about.producer),
        _each("<xmp:CreatorTool>{}</xmp:CreatorTool>", about.tool),
        f"<xmp:CreateDate>{at}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{at}</xmp:ModifyDate>",
    ]
    said = "\n".join(line for line in lines if line)
    own = _RECORD % _xml(record.decode()) if record else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{said}
</rdf:Description>
{own}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def stamp(made: dt.datetime) -> str:
    """A date of the Info dictionary. made: in legal time."""
    return f"D:{made:%Y%m%d%H%M%S}+08'00'"


def clean(text: str) -> str:
    """The text without what XML cannot say, so that both places can say the same."""
    return _NO_XML.sub("", text)


def read_record(pdf: bytes) -> bytes | None:
    """The record in a file's XMP packet; None when there is none. Never raises, whatever the file holds."""
    end = 0
    for _ in range(_MOST_PACKETS):
        begin = pdf.find(_BEGIN, end)
        end = pdf.find(_END, begin)
        if begin < 0 or end < 0:
            break
        packet = pdf[pdf.find(b"?>", begin, end) + 2 : end] if end - begin <= MAX_PACKET else b"<!"
        # No entities of the file's own: a hundred bytes of them can say gigabytes.
        if b"<!" in packet:
            continue
        try:
            root = ElementTree.fromstring(packet)  # noqa: S314 - bounded above, and without declarations
        except (ElementTree.ParseError, ValueError, LookupError):
            continue
        text = root.findtext(f".//{{{NAMESPACE}}}record")
        if text is None:  # another program may have written it anew as an attribute
            text = next((one for each in root.iter() if (one := each.get(f"{{{NAMESPACE}}}record"))), None)
        if text is not None:
            return text.encode()
    return None


@functools.cache
def srgb() -> bytes:
    """The sRGB profile. Its header's day and identifier are blanked: the same file must have the same bytes."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:12] = b"\x04\x20\x00\x00"  # ICC.1:2004-10, the newest that ISO 19005-2 may rely on; nothing newer is in it
    data[24:36] = b"".join(part.to_bytes(2) for part in (2000, 1, 1, 0, 0, 0))
    data[84:100] = bytes(16)  # "not calculated", ICC.1:2010 §7.2.18
    return bytes(data)


def _each(form: str, text: str) -> str:
    return form.format(_xml(text)) if text else ""


def _xml(text: str) -> str:
    # A carriage return would come back as a line feed (XML 1.0 §2.11).
    return escape(clean(text), {"\r": "&#13;"})
