"""What we tell: the public answer, the disclosure."""
