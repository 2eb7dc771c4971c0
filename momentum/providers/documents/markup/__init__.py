"""Documents in HTML and what is made of it: web pages, saved ones, books in EPUB, Markdown."""
