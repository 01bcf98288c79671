"""The PyQt6 views: passive, setters in, signals out. Of the rest of the program they see app.domain only."""
