"""Going to see: browser, downloads, DNS and TLS, all through one egress guard."""
