"""``python -m healthreport``."""

from healthreport.cli import main

main()
