"""What several emulators answer through: pseudo-terminals, sockets, services."""
