"""What the back ends of models share: protocols, devices, checkpoints, windows, subwords."""
