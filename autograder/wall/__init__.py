"""What sandbox and judge share, and nothing else: channels, confinement, warm processes."""
