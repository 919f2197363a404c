"""Settings, the supervisor and its processes."""
