"""Seeded variants of the hand examples of lessons 01 to 09, with an answer key."""
