"""Emulated hardware that speaks the real wire, so that demo and tests run the drivers of the counter.

A folder a category of devices/kinds; `driver` in each makes its `emulated://` devices.
"""
