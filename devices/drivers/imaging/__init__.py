"""Drivers of category C: cameras, document cameras and scanners."""
