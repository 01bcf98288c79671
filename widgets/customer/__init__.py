"""The citizen's screen: a window of its own, turned to the visitor."""
