"""Emulators of category G: what takes money."""
