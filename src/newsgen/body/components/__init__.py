"""Components: blocks of a text, from `:::name words {key: value}` to `:::`, that functions turn into HTML."""
