"""``python -m healthreport``."""

from healthreport.cli.main import main

main()
