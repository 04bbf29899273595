"""One small reader a format: a manifest's or lock file's text in, what it declares or locks out."""
