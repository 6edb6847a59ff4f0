"""One class for each wrong or missing entity, and the step that is to blame."""
