"""PassportEye on a folder of pictures, run by a Python of its own (MRZ_PEER_PYTHON): one JSON line a picture."""

import json
import resource
import sys

from passporteye import read_mrz


def spent() -> float:
    """CPU seconds of this process and of the Tesseract processes that it waited for."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, who))


for name in sys.argv[1:]:
    began = spent()
    try:
        found = read_mrz(name)
    except Exception as error:
        print(error, file=sys.stderr)
        found = None
    text = found.aux.get("text", "") if found is not None else ""
    row = {"lines": text.split("\n") if text else [], "ok": bool(found and found.valid), "cpu": spent() - began}
    print(json.dumps(row), flush=True)
