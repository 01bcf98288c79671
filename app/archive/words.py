"""What a check came to, in Chinese, for the command line."""

from __future__ import annotations

from app.archive.check import PackageCheck


def check_words(check: PackageCheck) -> str:
    """One paragraph; the files by their names."""
    parts = [str(check.finding)]
    if check.manifest is not None:
        about = check.manifest.about
        parts.append(f"受理流水号 {about.number}，{about.made_by} 导出，共 {len(check.manifest.entries)} 个文件。")
    for title, names in (("缺少", check.missing), ("多出", check.extra), ("被改动", check.altered)):
        parts += [f"{title} {len(names)} 个文件：{'、'.join(names)}。"] if names else []
    return "".join(parts)
