"""Pure types and rules of the counter. Standard library only."""
