"""`python -m bot`, the same as `lessonbot`."""

from bot.cli import main

if __name__ == "__main__":
    main()
