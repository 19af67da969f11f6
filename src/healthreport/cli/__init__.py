"""The command line: a file for each command, the console, the exit codes."""
