"""Updates tried with the packaged program itself: `make update-trial`, or `try_updates.py dist/yichuang`.

Makes an install folder from the package, then newer versions of it (the same files, another number), signs them with
the program's own command, and looks on: a package with one changed byte, one whose catalogue is gone, one that works,
an older one under a newer signature, one whose window never comes. Nothing of it is simulated: the versions test
themselves, start each other and give up. Takes some minutes and 3 GB; exit 1 with a word of what did not happen.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 300.0
PLATFORM = f"linux-{platform.machine()}"


class Failed(SystemExit):
    """Something did not happen as it should."""


def must(true: object, words: str) -> None:
    if not true:
        raise Failed(f"不成立：{words}")
    print(f"✓ {words}", flush=True)


class Trial:
    """An install folder, a publisher and a profile, in a folder that is thrown away."""

    def __init__(self, package: Path, work: Path) -> None:
        self.package, self.work, self.root = package, work, work / "install"
        self.env = {"HOME": str(work), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        self._serial = 0
        self.ask(package / "yichuang", "update", "setup", str(self.root))
        self.key = self.ask(self.program, "trust", "key", str(work / "publisher.pem"))[-1]["key"]
        # Settings like a window's, and a store that opens without a person.
        self.ask(self.program, "--profile", str(work / "window"), "doctor", "--write-settings")
        self.ask(self.program, "demo", "--headless", "--out", str(work / "out"))

    @property
    def program(self) -> Path:
        return self.root / "yichuang"

    def state(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.root / "updates/state.json").read_text("utf-8"))
        return found

    def current(self) -> str:
        return (self.root / "current").read_text("utf-8").strip()

    def run(self, program: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(program), *words],
            env=self.env | env,
            cwd=self.work,
            capture_output=True,
            text=True,
            timeout=LONGEST * 4,
        )

    def ask(self, program: Path, *words: str) -> list[dict[str, str]]:
        """What a command prints. Failed: it says no."""
        done = self.run(program, *words)
        if done.returncode:
            raise Failed(f"{' '.join(words)}：{done.stderr[-800:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def version(self, number: str, change: Callable[[Path], object] = lambda folder: None) -> tuple[Path, Path]:
        """A package of another number and its signed manifest. change: done to the files before."""
        folder = self.work / "made" / "yichuang"
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(self.package, folder, symlinks=True, copy_function=os.link)
        about = next(file for file in folder.glob("_internal/yichuang*info/*") if file.name in ("METADATA", "PKG-INFO"))
        text = about.read_text("utf-8").replace("\nVersion: 0.1.0\n", f"\nVersion: {number}\n")
        about.unlink()  # a hard link: the original stays
        about.write_text(text, "utf-8")
        change(folder)
        archive, manifest = self.work / f"{number}.tar.gz", self.work / f"{number}.cose"
        with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
            tar.add(folder, "yichuang")
        shutil.rmtree(folder.parent)
        self._serial += 1
        key = ("--key", str(self.work / "publisher.pem"))
        said = ("--version", number, "--serial", str(self._serial), "--out", str(manifest))
        self.ask(self.program, "update", "pack", *key, *said, f"{PLATFORM}={archive}")
        return manifest, archive

    def take(self, manifest: Path, archive: Path) -> subprocess.CompletedProcess[str]:
        """Lay a version ready, as from a stick."""
        words = ("--profile", str(self.work / "window"), "update", "import", str(manifest), str(archive))
        return self.run(self.program, *words, YICHUANG_UPDATES__KEYS=self.key)

    @contextmanager
    def started(self) -> Iterator[subprocess.Popen[bytes]]:
        """The window, opened as its icon does."""
        process = subprocess.Popen(
            [str(self.program), "--profile", str(self.work / "out/profile"), "run"],
            env=self.env,
            cwd=self.work,
            stdout=subprocess.DEVNULL,
            stderr=(self.work / "run.txt").open("ab"),
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def until(self, happened: Callable[[], object]) -> bool:
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            if happened():
                return True
            time.sleep(0.02)
        return False

    def starts(self) -> int:
        """How often the version on trial was started."""
        trial = self.state().get("trial")
        return int(trial["starts"]) if isinstance(trial, dict) else 0


def runs(process: subprocess.Popen[bytes], version: str) -> bool:
    """Is this version what the process has become?"""
    return Path(os.readlink(f"/proc/{process.pid}/exe")).parent.name == version


def spoil(archive: Path) -> None:
    with archive.open("r+b") as stream:
        stream.seek(-4096, os.SEEK_END)
        byte = stream.read(1)
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte[0] ^ 1]))


def main(package: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(package, Path(folder))
        must(trial.current() == "0.1.0", "装好 0.1.0")

        manifest, archive = trial.version("0.2.0")
        spoil(archive)
        done = trial.take(manifest, archive)
        must(done.returncode == 2 and "不一致" in done.stderr, "改动一个字节的安装包不采用")

        broken = trial.version("0.2.1", lambda made: shutil.rmtree(made / "_internal/resources/catalog"))
        done = trial.take(*broken)
        must(done.returncode == 2 and "自检未通过" in done.stderr, "自检不通过的版本不采用")
        must(sorted(path.name for path in trial.root.glob("versions/*")) == ["0.1.0"], "没有留下它的文件")
        must("试过" in trial.take(*broken).stderr, "也不再试它")

        manifest, archive = trial.version("0.3.0")
        done = trial.take(manifest, archive)
        must(done.returncode == 0, f"0.3.0 下载、校验、自检通过{done.stderr[-300:]}")
        must(trial.current() == "0.1.0", "当时仍用 0.1.0")
        with trial.started() as window:
            must(
                trial.until(lambda: trial.state()["trial"] is None and trial.current() == "0.3.0"),
                "下次打开时换成 0.3.0",
            )
            must(runs(window, "0.3.0"), "窗口就是 0.3.0 打开的")

        done = trial.take(*trial.version("0.2.9"))
        must(done.returncode == 2 and "不能从 0.3.0 退回到 0.2.9" in done.stderr, "不退回旧版本，签名再新也不行")

        done = trial.take(*trial.version("0.4.0"))
        must(done.returncode == 0, f"0.4.0 备好{done.stderr[-300:]}")
        for times in (1, 2):
            with trial.started():
                must(
                    trial.until(lambda times=times: trial.starts() == times),
                    f"0.4.0 第 {times} 次启动，窗口没有打开就断电",
                )
        with trial.started() as window:
            must(trial.until(lambda: trial.state()["gone_back"] == "0.4.0"), "第三次启动放弃 0.4.0")
            must(trial.until(lambda: runs(window, "0.3.0")) and trial.current() == "0.3.0", "退回 0.3.0")
        must("试过" in trial.take(trial.work / "0.4.0.cose", trial.work / "0.4.0.tar.gz").stderr, "0.4.0 不再采用")
        print("用打包的程序试过更新：换版、拒绝、退回都成立")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
