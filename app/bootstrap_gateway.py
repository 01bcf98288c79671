"""Builds the reference gateway for the command line."""

from __future__ import annotations

from pathlib import Path

from app.domain.clock import SystemClock
from app.gateway.core import open_gateway
from app.gateway.server import serve


def serve_gateway(db: str, port: int, files: Path) -> int:
    """Run the reference gateway until it is interrupted."""
    serve(db, files, port=port)
    return 0


def enrol(db: str, files: Path, device_id: str) -> str:
    """Let a device call this gateway; gives its new token, which is shown once and stored only as a hash."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.devices.enrol(device_id)
    finally:
        gateway.close()
