"""Social cards: pictures of headlines, which other sites show of a story."""
