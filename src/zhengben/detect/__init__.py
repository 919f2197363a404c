"""What gives it away: one detector a file, (sighting, brand) to reasons."""
