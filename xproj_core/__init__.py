"""XProj's core: translate, align, project, explain. Never imports streamlit."""

__version__ = "0.1.0"
