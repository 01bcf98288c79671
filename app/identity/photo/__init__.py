"""Photographs for documents (一窗通拍): the sizes wanted, what a shot is worth, and cutting it."""
