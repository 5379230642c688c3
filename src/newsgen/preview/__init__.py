"""`newsgen serve`: the pipeline cut to the page that the browser asks for."""
