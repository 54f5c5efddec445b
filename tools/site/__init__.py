"""Parts of the static site: lessons, pictures, API and search as pages for any host or a folder."""
