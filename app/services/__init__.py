"""What a clerk does, one action a file. Each takes the visit as it stands and gives it back changed."""
