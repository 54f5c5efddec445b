"""The course for JupyterLite: Python in the browser, no server."""
