"""The few windows that stand before the one window."""
