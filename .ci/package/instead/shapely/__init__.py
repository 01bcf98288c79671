"""In the package, in the place of Shapely, whose library of geometry weighs 7 MB: all that rapidocr asks of it."""
