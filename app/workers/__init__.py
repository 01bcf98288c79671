"""Qt threads. One thread owns each device; results come back to the event loop as signals."""
