"""OFD e-licences (GB/T 33190-2016): opened safely, drawn, read, and their electronic seal (GB/T 38540) judged.

`read.read_ofd(data, trust, at)` is the face; what is supported and what is refused stands in docs/ofd.md.
"""
