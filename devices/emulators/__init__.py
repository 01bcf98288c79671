"""Emulated hardware that speaks the real wire, so that demo and tests run the drivers of the counter."""
