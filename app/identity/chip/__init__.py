"""The chip of a passport or permit (ICAO Doc 9303-10 to -12): read, and judged. Pure logic over a transport."""
