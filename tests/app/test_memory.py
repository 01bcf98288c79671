"""What was freed goes back to the system."""

import subprocess
import sys

import pytest

GROWN = """
import ctypes, sys
from app.memory import few_heaps, give_back
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
few_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
blocks = [libc.malloc(60_000) for _ in range(1000)]
for block in blocks:
    ctypes.memset(block, 1, 60_000)
for block in blocks[:-1]:  # the last one holds the top of the heap
    libc.free(block)
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc only")
def test_what_was_freed_below_something_kept_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", GROWN], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 40_000_000
