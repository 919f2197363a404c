"""One catalogue a language for every word a person reads."""
