"""The parts of the engines page."""
