"""Materials: what must be handed in, how each is settled, and pages under the document camera."""
