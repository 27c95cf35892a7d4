"""A course's own side: its settings, its assignments and their build, its data."""
