"""What each kind of paper says of its own. One function a kind: adds its blocks to the Teller, and gives in a few words
what the signed code should hold of it."""
