"""The limits of how often a member may do something in Discord."""

from __future__ import annotations

from bot.asking.pace import Pace


class Paces:
    """The limits of one bot, each by member."""

    def __init__(self) -> None:
        # However they are asked: by a command, a message or a form.
        self.questions = Pace(6, 20.0)
        # To find what is saved of one member, the bot looks through what is saved of all.
        self.own_data = Pace(6, 600.0)
        # What a press posts for everybody, or sends as a direct message.
        self.posts = Pace(6, 20.0)
        # The hint how to have a message answered is sent to a helper at most once an hour.
        self.hints = Pace(1, 3600.0)
        # Where to ask instead is sent to a member at most once an hour for each thread that is closed.
        self.closed = Pace(1, 3600.0)
        # Ten proposals an hour; only a few can be open at once.
        self.proposals = Pace(10, 3600.0)
        # Five questions to the moderators a day, so that one member does not take all places in the inbox.
        self.passed_on = Pace(5, 24 * 3600.0)
        # Fast typists press ten keys a second, and pause after a dozen seconds.
        self.keys = Pace(60, 12.0)
        # Learners who click through a walkthrough press twice a second.
        self.presses = Pace(60, 20.0)
