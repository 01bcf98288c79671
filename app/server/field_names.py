"""The parts of a document of the protocol by the names that a form gives them: what a clerk reads of a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "applicant/name": "申请人姓名或单位名称",
        "applicant/number": "申请人证件号码",
        "applicant": "申请人",
        "item": "事项",
        "bundle_code": "一件事编码",
        "provisional_no": "受理流水号",
        "accepted_at": "受理时间",
        "due": "办理期限",
        "window": "窗口信息",
        "clerk": "受理人",
        "catalog_version": "事项目录版本",
        "form": "表单内容",
        "firm": "企业名称",
        "firm_number": "统一社会信用代码",
        "subject": "事由",
        "words": "说明",
        "satisfaction": "评价等级",
    }
)
_NUMBERED: Mapping[str, str] = MappingProxyType({"materials": "第 {0} 份材料", "facts": "填写内容第 {0} 项"})


def label_of(path: str) -> str:
    """A path such as applicant/name or materials/0/status in words; "" for none. What has no name of its own stays as
    it is: support staff find it by that."""
    parts = path.split("/")
    if parts[0] in _NUMBERED and len(parts) > 1 and parts[1].isdecimal():
        return _NUMBERED[parts[0]].format(int(parts[1]) + 1)
    while parts:
        if (name := _NAMES.get("/".join(parts))) is not None:
            return name
        parts.pop()
    return path
