"""The combined form: many items' questions asked once, filled from facts, checked, and split again."""
