"""Faces: where one is, whether it can be judged, how alike two are, and whether the head moves as asked."""
