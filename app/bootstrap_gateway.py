"""Builds the reference gateway for the command line."""

from __future__ import annotations

from pathlib import Path

from app.domain.clock import SystemClock
from app.gateway.core import open_gateway
from app.gateway.server import serve
from app.server.shared_files import load_shared_folder


def serve_gateway(db: str, port: int, files: Path, data: Path | None = None) -> int:
    """Run the reference gateway until it is interrupted. data: a folder of shared data to take in first."""
    if data is not None:
        load_shared_data(db, files, data)
    serve(db, files, port=port)
    return 0


def load_shared_data(db: str, files: Path, folder: Path) -> dict[str, int]:
    """Take a folder's grant table, records and bookings in (app/server/shared_files.py); how many of each.

    Nothing is taken in when a file is wrong; BadInput names it.
    """
    shared = load_shared_folder(folder)
    gateway = open_gateway(db, files, SystemClock())
    try:
        gateway.shared.publish_policy(shared.policy)
        return {
            "grants": len(shared.policy["grants"]),
            "records": gateway.shared.load(shared.records),
            "bookings": gateway.bookings.load(shared.bookings),
        }
    finally:
        gateway.close()


def enrol(db: str, files: Path, device_id: str) -> str:
    """Let a device call this gateway; gives its new token, which is shown once and stored only as a hash."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.devices.enrol(device_id)
    finally:
        gateway.close()
