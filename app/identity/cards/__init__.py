"""Identity cards and permits read from a picture, for when the reader is broken: proposals, never proof."""
