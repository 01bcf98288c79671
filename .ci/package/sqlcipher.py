"""SQLCipher for Python, built from the sources of the wheel's own version against the OpenSSL that comes along anyway
(Linux only): the wheel's module holds a second one, 8 MB against 2.

The maker's own setup.py says with what it is built. It takes a minute, once: the result lies in the build's cache under
a key made of the sources and the compiler. `check` holds that it reads what the wheel's module wrote, and the other way
round.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

from opencv import CannotBuild, cache

NAME = "sqlcipher3"
SOURCES = {"0.6.4": "b02a3edfc554c9197d63ab4c38a30f7682eec65b10e5be2c9285a0d6ffb7a29a"}
"""The source archive's SHA-256, by the version in requirements.txt."""

FLAGS = "-O2 -g0"
OTHERWISE = "用 wheel 自带的：SQLCIPHER=wheel make package"


def key() -> str:
    """Names a result: another version, compiler or Python makes another module."""
    compiler = subprocess.run(["gcc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    parts = (FLAGS, SOURCES.get(version(NAME), ""), compiler, platform.machine(), sys.version)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _source(work: Path) -> Path:
    """The sources as the maker hands them out. CannotBuild: another archive than the one whose sum is known."""
    # Without isolation: the recipe would else fetch a build system that fetches an OpenSSL.
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-build-isolation", "--no-binary", NAME]
    done = subprocess.run([*pip, f"{NAME}=={version(NAME)}"], cwd=work, capture_output=True, text=True, check=False)
    archive = next(work.glob(f"{NAME}-*.tar.gz"), None)
    if archive is None:
        raise CannotBuild(f"{done.stderr[-2000:]}\n没有取到 {NAME} 的源码；{OTHERWISE}")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SOURCES.get(version(NAME)):
        raise CannotBuild(f"{archive.name} 不是认得的源码：请在 .ci/package/sqlcipher.py 的 SOURCES 里核对后写明")
    with tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
    return next(path for path in work.glob(f"{NAME}-*") if path.is_dir())


def build(work: Path) -> Path:
    """The module, built under work. CannotBuild: the sources or the compiler fail."""
    source = _source(work)
    environment = {
        **os.environ,
        "CFLAGS": f"{FLAGS} -ffile-prefix-map={source}=.",
        # Python's own linker call would write the place of this machine's Python into the module.
        "LDSHARED": "gcc -shared",
        "LDFLAGS": "-Wl,--build-id=none -s",
        "SOURCE_DATE_EPOCH": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    command = [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", "made"]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"{done.stderr[-2000:]}\n编译 {NAME} 失败；{OTHERWISE}")
    return next((source / "made").rglob(f"_sqlite3{sysconfig.get_config_var('EXT_SUFFIX')}"))


def library() -> Path:
    """The module from the cache, built now when it is not there. CannotBuild."""
    place = cache() / f"sqlcipher-{key()}"
    kept = place / "_sqlite3.so"
    if not kept.exists():
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place) as folder:
            build(Path(folder).resolve()).rename(place / "part")
        (place / "part").rename(kept)
    return kept


_OPENED = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("sqlcipher3._sqlite3", sys.argv[1])
sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from sqlcipher3 import dbapi2
for name in sys.argv[2:]:
    store = dbapi2.connect(name)
    store.execute("PRAGMA key = 'made up'")
    store.execute("CREATE TABLE IF NOT EXISTS t (name TEXT)")
    store.execute("INSERT INTO t VALUES ('㛃𠮷䶮𬭚')")
    store.execute("CREATE VIRTUAL TABLE IF NOT EXISTS f USING fts5 (name)")
    store.commit()
    rows = store.execute("SELECT name FROM t").fetchall()
    print(store.execute("PRAGMA cipher_version").fetchone()[0], dbapi2.sqlite_version, {name for name, in rows})
    store.close()
"""


def check(module: Path, wheel: Path) -> None:
    """Is it the same SQLCipher, and does each open what the other wrote? CannotBuild: says what differs."""
    with tempfile.TemporaryDirectory() as folder:
        stores = [str(Path(folder, name)) for name in ("one", "two")]
        said = [
            subprocess.run(
                [sys.executable, "-c", _OPENED, str(file), *names], capture_output=True, text=True, check=False
            )
            for file, names in ((module, stores[:1]), (wheel, stores), (module, stores))
        ]
        encrypted = all(not Path(name).read_bytes().startswith(b"SQLite") for name in stores if Path(name).exists())
    lines = {line for done in said for line in done.stdout.splitlines()}
    if any(done.returncode for done in said) or len(lines) != 1 or not encrypted:
        told = "；".join(sorted(lines)) + "".join(done.stderr[-300:] for done in said)
        raise CannotBuild(f"自己编译的 SQLCipher 与 wheel 的不同：{told}")


if __name__ == "__main__":
    print(library())
