"""Methods and projectors over whole datasets: configured, run, resumed, read again."""
