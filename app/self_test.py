"""`yichuang doctor --self-test`: does this version work on this machine? Asked of a new version before it is used.

It does what a morning does, small, in a folder that is thrown away: the catalogue, the encrypted store with all its
migrations, the fonts of the papers, a code, the drivers, the window. What the machine lacks (a printer, a keyring) is
no matter here.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import resources
from app.doctor import RARE_CHARACTERS, Check
from app.domain.clock import SystemClock
from app.domain.errors import YichuangError


def self_test() -> list[Check]:
    """Every step with how it went. Takes a few seconds; raises nothing."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return [_guarded(step) for step in (_catalogue, _store, _migrations, _fonts, _code, _drivers, _window)]


def _guarded(step: Callable[[], str]) -> Check:
    name = (step.__doc__ or step.__name__).rstrip(".")
    try:
        return Check(name, True, step())
    except YichuangError as error:
        return Check(name, False, f"{error.title} {error.what}", "此版本不能在本机使用")
    except Exception as error:
        return Check(name, False, f"{type(error).__name__}: {error}"[:200], "此版本不能在本机使用")


def _catalogue() -> str:
    """事项目录"""
    from app.catalog.load import load_catalog

    return f"{len(load_catalog(resources.path('catalog')).items)} 个事项"


def _store() -> str:
    """加密存储"""
    from offline_db.keys import DemoKeys
    from offline_db.profile import Profile, ProfileKind
    from offline_db.store import Store
    from offline_db.vault import open_vault

    with tempfile.TemporaryDirectory() as folder, Profile(Path(folder) / "p", ProfileKind.DEMO) as profile:
        keys = DemoKeys(profile.folder)
        for _ in range(2):  # made, closed, opened again
            vault = open_vault(profile, keys)
            store = Store.open(profile, keys, SystemClock(), vault=vault)
            try:
                store.set_setting("self-test", RARE_CHARACTERS)
                if store.setting("self-test") != RARE_CHARACTERS or not all(c.ok for c in store.verify_audit()):
                    raise RuntimeError("store")
            finally:
                store.close()
    return "写入、重开、读出正确"


def _migrations() -> str:
    """数据升级"""
    from offline_db import schema
    from offline_db.migrate import check_migrations

    return f"到 {schema.REVISION}，共 {check_migrations()} 步"


def _fonts() -> str:
    """文书字体"""
    from app.doctor import judge_paper_fonts
    from app.documents.fonts import load_fonts

    found = judge_paper_fonts(load_fonts())
    if not found.ok:
        raise RuntimeError(found.detail)
    return found.detail


def _code() -> str:
    """二维码"""
    import io

    import numpy as np
    import segno
    from PIL import Image

    from app.licences.decode import decode

    picture = io.BytesIO()
    segno.make("一窗" + RARE_CHARACTERS).save(picture, kind="png", scale=5, border=4)
    texts = [code.text for code in decode(np.asarray(Image.open(picture).convert("L")))]
    if texts != ["一窗" + RARE_CHARACTERS]:
        raise RuntimeError(str(texts))
    return "生成并读出"


def _drivers() -> str:
    """设备驱动"""
    points = importlib.metadata.entry_points(group="yichuang.devices")
    for point in points:
        importlib.import_module(point.module)
    if not points:
        raise RuntimeError("none")
    return f"{len(points)} 个"


def _window() -> str:
    """窗口"""
    from app.presenters.self_test import draw_window

    return draw_window()
