"""What the workstation does: rules, clerk actions, wiring."""
