"""What a question costs, and what BM25 does beside its peers, as ratios in one run: `make bench`."""
