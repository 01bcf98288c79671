"""One abstract class a kind of device, a module a category (A identity … G payment)."""
