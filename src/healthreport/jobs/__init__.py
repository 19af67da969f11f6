"""One file or package for each thing the program can be asked to do: options in, outcomes out, nothing printed."""
