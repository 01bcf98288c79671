"""Why an OFD file was not opened, in words for the clerk, with a name for tests and programs."""

from __future__ import annotations

from enum import StrEnum

from app.domain.errors import BadInput


class Why(StrEnum):
    """Each is one reason; its test makes it trip."""

    TOO_LARGE = "too_large"
    NOT_OFD = "not_ofd"
    TORN = "torn"
    TOO_MANY_FILES = "too_many_files"
    BOMB = "bomb"
    BAD_NAME = "bad_name"
    DUPLICATE = "duplicate"
    LINK = "link"
    ENCRYPTED = "encrypted"
    METHOD = "method"
    ENTITY = "entity"
    XML = "xml"
    XML_LIMIT = "xml_limit"
    STRUCTURE = "structure"
    PAGE_SIZE = "page_size"
    RECURSION = "recursion"
    TOO_MUCH = "too_much"


_TORN = "请重新下载或向来访人重新索取文件。"
_HOSTILE = "请不要使用这个文件，向来访人问明来源，从官方平台重新下载。"
_WORDS = {
    Why.TOO_LARGE: ("文件过大", _TORN),
    Why.NOT_OFD: ("不是 OFD 文件", "请选择扩展名为 .ofd 的电子证照文件。"),
    Why.TORN: ("文件不完整或已损坏", _TORN),
    Why.TOO_MANY_FILES: ("包内文件过多", _HOSTILE),
    Why.BOMB: ("包内文件解开后过大，疑似恶意文件", _HOSTILE),
    Why.BAD_NAME: ("包内文件名不合规，疑似恶意文件", _HOSTILE),
    Why.DUPLICATE: ("包内有同名文件，疑似恶意文件", _HOSTILE),
    Why.LINK: ("包内有链接，疑似恶意文件", _HOSTILE),
    Why.ENCRYPTED: ("文件已加密，不能核验", "请来访人提供未加密的电子证照文件。"),
    Why.METHOD: ("包内文件的压缩方式不支持", _TORN),
    Why.ENTITY: ("文件中有外部引用或实体定义，疑似恶意文件", _HOSTILE),
    Why.XML: ("文件内容有误，不能读取", _TORN),
    Why.XML_LIMIT: ("文件内容过于庞杂，疑似恶意文件", _HOSTILE),
    Why.STRUCTURE: ("文件结构不符合 OFD 标准", _TORN),
    Why.PAGE_SIZE: ("页面尺寸超出范围", _TORN),
    Why.RECURSION: ("页面内容嵌套过深或循环引用，疑似恶意文件", _HOSTILE),
    Why.TOO_MUCH: ("页面内容过多，疑似恶意文件", _HOSTILE),
}


class OfdRefused(BadInput):
    """The file is not opened. why: the reason; about: which part, never its content."""

    def __init__(self, why: Why, about: str = "") -> None:
        words, todo = _WORDS[why]
        super().__init__("OFD 文件不能打开", f"{words}（{about}）" if about else words, todo)
        self.why = why
