"""What runs in the browser, by where its version comes from."""

# What the kernel starts with: fetched while Python itself starts.
KERNEL = ("comm", "ipykernel", "ipython", "jedi", "micropip", "piplite", "pyodide-kernel")
# What the course needs of Pyodide's distribution, in its versions.
COURSE = ("matplotlib", "numpy", "sympy", "traitlets", "typing-extensions")
# What Pyodide does not list: Python alone, in the versions of requirements.lock.
UNLISTED = (
    *("anywidget", "comm", "ipython-pygments-lexers", "ipywidgets", "latex2mathml", "psygnal"),
)
# Their part for the browser belongs to JupyterLab, and is in the site already.
IN_THE_SITE = {"jupyterlab-widgets", "widgetsnbextension"}
