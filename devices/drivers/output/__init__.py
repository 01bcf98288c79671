"""Drivers of category E: what brings something onto paper or plastic."""
