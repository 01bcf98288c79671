"""Self-service 自助: the desk's screen turned over to citizens, who prepare their business alone."""
