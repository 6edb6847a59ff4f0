"""Reports: a run or a comparison of runs as one HTML file, its tables as CSV and LaTeX."""
