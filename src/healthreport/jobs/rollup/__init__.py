"""``rollup``: a county's figures, township by township, on the terminal and as files."""
