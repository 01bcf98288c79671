"""Emulators of category C: cameras, document cameras and scanners."""
