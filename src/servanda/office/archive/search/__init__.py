"""Finding: one analyser for all six languages, the question as typed, and the engines that keep the index."""
