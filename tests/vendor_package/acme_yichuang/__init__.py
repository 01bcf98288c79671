"""Driver of the made-up ACME ID reader."""
