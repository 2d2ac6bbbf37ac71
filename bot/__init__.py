"""A Discord bot and a terminal talk to one Tutor, who knows the lessons; a store remembers the learners.

Each line may import from the lines below it, never from those above (import-linter checks it):

    cli, __main__              the only wiring
    settings                   environment -> Settings
    discord_ui | terminal_ui   draw what the Tutor says
      | evaluate               ask it what is known, and count the right replies
    guide | questions | curate leads learners, learns from what was asked, changes lessons safely
    tutor | store              what the lessons have to say; what is remembered
    dialogue                   what is said: replies, walkthroughs
    search                     which entry a question means
    lessons                    the lesson files
    errors                     what a person can put right
    language                   in which language all of this is said
"""
