"""Official forms filled from the combined form (docs/official-forms.md)."""
