"""One submission's way through the wall, and a class of them."""
