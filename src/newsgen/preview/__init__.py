"""What the preview needs of HTTP and of the browser: it knows no articles and no templates, only what it is handed."""
