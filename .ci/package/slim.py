"""Two libraries that wheels bring whole and of which the program needs a tenth, made anew and small (Linux only).

- OpenBLAS, twice: tuned kernels for every processor, 39 MB with OpenCV and 25 MB with numpy. What calls it here
  multiplies small matrices. In its place goes Debian's reference BLAS and LAPACK (liblapack-dev, liblapack64-dev),
  linked statically with exactly the functions that the wheel's modules ask for, under the same file name and symbols.
- ICU's data: 32 MB for 700 languages. The screen speaks Chinese and English; ICU's own way is to leave others out.

Each gives the file to take instead of the wheel's. The linker writes no times and no build number: the same input gives
the same bytes.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

WIDE = re.compile(r"scipy_(cblas_\w+?)64_|scipy_(\w+?_)64_")
"""numpy's names: scipy_cblas_dgemm64_, scipy_dgesv_64_. Their integers have 64 bits."""

RUNTIME = r"""
#include <math.h>
#include <stdio.h>
#include <string.h>
/* LAPACK's and CBLAS's reports of a wrong argument, theirs to be replaced: the callers check before they call. */
void xerbla_(const char *name, const void *info, size_t length) {
    (void)info;
    fprintf(stderr, "LAPACK %.*s: wrong argument\n", (int)length, name);
}
void cblas_xerbla(int info, const char *name, const char *form, ...) {
    (void)form;
    fprintf(stderr, "BLAS %s: wrong argument %d\n", name, info);
}
/* All that is asked of Fortran's run time library (gcc's libgfortran, 3 MB). */
void _gfortran_concat_string(size_t room, char *to, size_t n, const char *a, size_t m, const char *b) {
    for (size_t i = 0; i < room; i++) to[i] = i < n ? a[i] : i < n + m ? b[i - n] : ' ';
}
double _gfortran_pow_r8_i8(double base, long long power) { return pow(base, (double)power); }
float _gfortran_pow_r4_i8(float base, long long power) { return (float)pow(base, (double)power); }
"""


def plain(symbol: str) -> tuple[str, bool]:
    """The function that a symbol of a wheel's OpenBLAS stands for, and whether its integers have 64 bits."""
    match = WIDE.fullmatch(symbol)
    return (match[1] or match[2], True) if match else (symbol, False)


def symbols(file: Path | str, defined: bool) -> set[str]:
    """The dynamic symbols that a library offers, or those that it asks for; without versions."""
    said = subprocess.run(["readelf", "--dyn-syms", "-W", str(file)], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in said.splitlines()]
    return {row[7].partition("@")[0] for row in rows if len(row) > 7 and (row[6] != "UND") is defined}


def _soname(file: Path | str) -> str:
    said = subprocess.run(["readelf", "-d", str(file)], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\(SONAME\).*\[(.+)\]", said)
    return match[1] if match else Path(file).name


def _archive(name: str) -> str:
    """A static library, where gcc finds it. SystemExit: not installed."""
    found = subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True).stdout
    if not found.startswith("/"):
        raise SystemExit(f"{name} 未安装：请先运行 make setup（.ci/apt-packages.txt）")
    return found.strip()


def _link(out: Path, soname: str, sources: Sequence[str], *more: str) -> None:
    command = ["gcc", "-shared", "-fPIC", "-O2", "-s", "-o", str(out), f"-Wl,-soname,{soname}", "-Wl,--build-id=none"]
    subprocess.run([*command, *sources, *more], check=True)


def small_blas(file: Path | str, users: Iterable[Path | str], work: Path) -> Path:
    """A BLAS and LAPACK with what the users (ELF files that link `file`) take from it. work: where it is written.

    SystemExit: a static library is not installed. CalledProcessError: the reference lacks a function that is asked for.
    """
    offered = symbols(file, True)
    asked = sorted(offered & {name for user in users for name in symbols(user, False)})
    wide = {plain(name)[1] for name in asked}
    if len(wide) != 1:
        raise SystemExit(f"{Path(file).name}: {len(asked)} functions, integers of two sizes or none")
    bits = "64" if wide == {True} else ""
    soname = _soname(file)
    work.mkdir(parents=True, exist_ok=True)
    (work / "runtime.c").write_text(RUNTIME, "utf-8")
    exported = "\n".join(f"{name};" for name in asked)
    (work / "exported").write_text(f"{{ global:\n{exported}\nlocal: *; }};\n", "utf-8")
    out = work / soname
    pulled = [f"-Wl,-u,{plain(name)[0]}" for name in asked]
    renamed = [f"-Wl,--defsym,{name}={plain(name)[0]}" for name in asked if plain(name)[0] != name]
    _link(
        out,
        soname,
        [str(work / "runtime.c"), *pulled, *renamed],
        _archive(f"liblapack{bits}_pic.a"),
        _archive(f"blas{bits}/libblas{bits}.a"),
        "-lm",
        *("-Wl,-Bsymbolic", "-Wl,--gc-sections", "-Wl,-z,defs", f"-Wl,--version-script={work / 'exported'}"),
    )
    return out


LOCALE = re.compile(r"([a-z]{2,3})(_[A-Z][a-z]{3})?(_([A-Z]{2}|\d{3}))?(_[A-Z]+)?\.res")
LANGUAGES = frozenset({"en", "zh"})


CHARSETS = frozenset({"gb18030", "ibm-1383_P110-1999", "ibm-1386_P100-2001", "ibm-1375_P100-2008", "cnvalias"})
"""GB 18030, GB 2312, GBK and Big5, in which offices' files come; UTF and Latin 1 are ICU's own code."""


def wanted_item(name: str) -> bool:
    """Does an item of ICU's data (coll/zh.res, gb18030.cnv) stay? Not: other languages and their character sets,
    dictionaries that part words in scripts without spaces, rules that write one script in another, names of letters and
    measures, numbers in words; nothing of ours asks for them."""
    folder, _, file = name.rpartition("/")
    match = LOCALE.fullmatch(file)
    if match and match[1] not in LANGUAGES:
        return False
    if file.endswith(".cnv"):
        return file.removesuffix(".cnv") in CHARSETS
    return not (file.endswith((".dict", ".cfu")) or file == "unames.icu" or folder in ("translit", "unit", "rbnf"))


def trim_icu(data: bytes) -> bytes:
    """ICU's data (a .dat package: header, table of contents, items) without what `wanted_item` leaves out.

    ValueError: not such a package, or of another byte order.
    """
    header = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or data[8] != 0 or data[12:16] != b"CmnD":
        raise ValueError("no ICU data package")
    count = struct.unpack_from("<I", data, header)[0]
    table = [struct.unpack_from("<II", data, header + 4 + 8 * n) for n in range(count)]
    ends = [*(start for _, start in table[1:]), len(data) - header]
    kept = []
    for (at, start), end in zip(table, ends, strict=True):
        name = data[header + at : data.index(b"\0", header + at)]
        if wanted_item(name.decode("ascii").partition("/")[2]):
            kept.append((name + b"\0", data[header + start : header + end]))
    # Names first, then the items, each on a multiple of 16 as ICU reads them.
    names, offsets, at = b"", [], 4 + 8 * len(kept)
    for name, _ in kept:
        offsets.append(at + len(names))
        names += name
    body = bytearray(-(at + len(names)) % 16)
    made = bytearray(struct.pack("<I", len(kept)))
    for offset, (_, item) in zip(offsets, kept, strict=True):
        made += struct.pack("<II", offset, at + len(names) + len(body))
        body += item + bytes(-len(item) % 16)
    return data[:header] + bytes(made) + names + bytes(body)


def small_icu(file: Path | str, work: Path) -> Path:
    """ICU's data library (libicudata.so.N) with our languages only. work: where it is written."""
    symbol = next(name for name in sorted(symbols(file, True)) if re.fullmatch(r"icudt\d+_dat", name))
    soname = _soname(file)
    work.mkdir(parents=True, exist_ok=True)
    raw, assembly, out = work / f"{symbol}.dat", work / f"{symbol}.S", work / soname
    subprocess.run(["objcopy", "-O", "binary", "-j", ".rodata", str(file), str(raw)], check=True)
    raw.write_bytes(trim_icu(raw.read_bytes()))
    assembly.write_text(
        f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, %object\n{symbol}:\n.incbin "{raw}"\n'
        f'.size {symbol}, . - {symbol}\n.section .note.GNU-stack,"",%progbits\n',
        "utf-8",
    )
    _link(out, soname, [str(assembly)], "-nostdlib")
    return out
