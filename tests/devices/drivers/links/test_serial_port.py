"""A line that is gone ends as an error that every driver knows."""

from __future__ import annotations

import os
import pty
import tty

import pytest

from devices.drivers.links.serial_port import drain, open_port


def test_a_line_that_went_while_it_is_drained_is_an_os_error() -> None:
    """tcdrain says it by an error of its own, which no driver would catch."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    with open_port(os.ttyname(slave), 9600, 0.1) as port:
        os.close(slave)
        os.close(master)
        with pytest.raises(OSError, match="error"):
            drain(port)
