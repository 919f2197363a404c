"""Whom we ask: channels, letters, senders, and what counts as down."""
