"""New versions of the program: what a publisher signs, fetching it, the install folder, the change of versions."""
