"""Runs first in the packaged program. pyzbar and pyusb ask the system for their libraries, which a fresh system lacks:
once somebody imports `ctypes.util`, its find_library looks among our own first.

Waits for that import instead of causing it: ctypes costs 20 ms, and the first window has no use for it.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

OWN = ("zbar", "usb-1.0")


def _prefer_own(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def find_library(name: str) -> str | None:
        from pathlib import Path

        folder = Path(sys._MEIPASS)  # type: ignore[attr-defined]
        own = sorted(folder.glob(f"lib{name}.so*")) if name in OWN else []
        return str(own[0]) if own else find(name)

    return find_library


class _Patched(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module.find_library = _prefer_own(module.find_library)  # type: ignore[attr-defined]


class _Finder(MetaPathFinder):
    """Finds `ctypes.util` once, by asking the others."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "ctypes.util":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _Patched(spec.loader)
                return spec
        return None


sys.meta_path.insert(0, _Finder())
