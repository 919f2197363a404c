"""Where leads come from: one source a file, one cursor each."""
