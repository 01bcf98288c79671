"""Drivers of category G: what takes money."""
