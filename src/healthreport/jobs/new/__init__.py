"""New files: skeletons, next year's file, a file for each township."""
