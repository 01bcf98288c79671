"""Emulators of category B: what captures somebody's finger or face."""
