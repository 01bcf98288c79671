"""The drivers that come with the program. Each module is loaded only when a URI asks for it."""
