"""Tables of many rows, as firms hand them in: read, checked row by row, mended in place, the good rows submitted."""
