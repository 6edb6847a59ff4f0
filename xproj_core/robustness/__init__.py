"""How fast methods break: noise at growing rates, over a dataset."""
