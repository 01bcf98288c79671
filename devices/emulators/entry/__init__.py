"""Emulators of category D: signature, code, PIN."""
