"""Drivers of category D: signature, code, PIN."""
