"""What helps to help: a bundle without personal data, crash reports, the notices of other people's work."""
