"""Drivers of the counter's devices, and emulators that speak the same wire protocols.

Knows nothing of the workstation: only app.domain may be imported here, so that a driver can be used alone.
"""
