"""The bridge: a loopback service that lends this window's devices and verifications to other browser systems."""
