"""Parts that make slide decks out of executed notebooks."""
