"""Machine-readable zones of travel documents (ICAO Doc 9303): what they say, and how they are read from a picture."""
