"""Emulators of category A: what reads cards and documents that say who somebody is."""
