"""Training Mini from sentence pairs."""
