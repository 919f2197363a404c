"""Machine readable answers over HTTP."""
