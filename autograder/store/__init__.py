"""Grades in SQLite: every verdict, with what it was made from. All SQL is here."""

from autograder.store.grades import Entry, Store
from autograder.store.opening import FILE, existing_store, open_store

__all__ = ["FILE", "Entry", "Store", "existing_store", "open_store"]
