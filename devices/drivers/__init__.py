"""The drivers that come with the program, a folder a category of devices/kinds.

Each module is loaded only when a URI asks for it.
"""
