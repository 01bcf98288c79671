"""Bringing what was accepted here to the gateway, and its answers back."""
