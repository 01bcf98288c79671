"""Numbers and cards of people and firms: what they say and whether they can be true."""
