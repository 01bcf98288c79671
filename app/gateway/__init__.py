"""The reference gateway: what the workstations of a hall report to."""
