"""A student's notebook as text: read, understood, cut into pieces; nothing is executed here."""
