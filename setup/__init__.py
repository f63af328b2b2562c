"""What a fresh machine needs before Entente can run: standard library alone, since nothing is installed yet."""
