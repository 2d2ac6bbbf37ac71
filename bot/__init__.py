"""A Discord bot and a terminal talk to one Tutor, who knows the lessons.

Each line may import from the lines below it, never from those above (import-linter checks it):

    cli, __main__              the only wiring
    settings                   environment -> Settings
    discord_ui | terminal_ui   draw what the Tutor says
      | evaluate               ask it what is known, and count the right replies
    tutor                      everything a front-end may call
    dialogue                   what is said: replies, walkthroughs
    search                     which entry a question means
    lessons                    the lesson files
    errors                     what a person can put right
"""
