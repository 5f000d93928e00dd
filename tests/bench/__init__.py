"""What a question costs, as ratios in one run: `make bench`."""
