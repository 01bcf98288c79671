"""Builds the reference gateway for the command line."""

from __future__ import annotations

from pathlib import Path

from app.gateway.app import create_app
from app.gateway.core import Gateway
from app.gateway.server import serve


def serve_gateway(db: str, port: int, files: Path) -> int:
    """Run the reference gateway until it is interrupted."""
    serve(db, files, port=port)
    return 0


def enrol(db: str, files: Path, device_id: str) -> str:
    """Let a device call this gateway; gives its new token, which is shown once and stored only as a hash."""
    app = create_app(db, files)
    gateway: Gateway = app.state.gateway
    return gateway.devices.enrol(device_id)
