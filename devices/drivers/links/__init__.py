"""What several drivers speak through: ports, sockets, services, and how a driver's calls are guarded."""
