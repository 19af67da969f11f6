"""Relations of the figures of sentences, each kind in a module: what does not fit is yielded."""
