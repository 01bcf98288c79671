"""What is kept for decades: PDF/A, and the archive package of a case."""
