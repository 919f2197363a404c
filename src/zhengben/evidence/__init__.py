"""Keeping it: write-once store, sealing, independent verifier."""
