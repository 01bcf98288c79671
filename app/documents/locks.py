"""The two libraries under the papers that allow one thread at a time; papers are made and read in workers."""

from __future__ import annotations

import threading

PAINTING = threading.Lock()
"""ReportLab seeks in one shared font buffer while it cuts subsets."""

PDFIUM = threading.Lock()
"""PDFium is not thread-safe, not even on different documents."""
