"""`python -m app` is `yichuang`."""

import sys
from multiprocessing import freeze_support

from app.cli import main

if __name__ == "__main__":
    freeze_support()  # the packaged program is its own worker: batches, reading papers
    sys.exit(main())
