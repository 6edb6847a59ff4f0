"""Figures with a definition: entities, links, rates, views, and how sure they are."""
