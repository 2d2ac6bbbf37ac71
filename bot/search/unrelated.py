"""Questions that hardly any library answers: small talk and other everyday questions.

If a library ranks them as if it had answers, its confidence is lowered; see calibration.py.
"""

UNRELATED = tuple(
    line.strip()
    for line in """
    who won the football final last night
    how do i get candle wax out of a carpet
    what should i cook with leftover rice and an egg
    anyone up for a game later
    why do cats knead blankets
    is it safe to drink milk after the date on the bottle
    what year did the berlin wall come down
    my knee hurts when i climb stairs
    how tall is mount kilimanjaro
    do you believe in ghosts
    which planet has the most moons
    how often should i water an orchid
    lol that was hilarious
    what is the best guitar for a beginner
    how long does a driving licence last
    can dogs eat grapes
    who painted the girl with a pearl earring
    good morning everybody, slept well?
    is it worth visiting lisbon in november
    how do i stop my neighbour's tree from dropping leaves on my lawn
    what does my star sign say
    recommend me a crime novel
    how many strings does a violin have
    my bike chain keeps falling off
    what is the capital of mongolia
    why is the sea salty
    how do i tie a bow tie
    i am so tired today
    which vaccine do i need before flying to kenya
    who is your favourite singer
    how do you make sourdough starter
    what happened to the dinosaurs
    do penguins have knees
    how do i remove a splinter
    is coffee bad for your teeth
    what time does the sun set in winter
    my landlord will not fix the heating
    how do bees make honey
    can you sing something for me
    how much protein is in a lentil
    what is a good present for my grandmother
    did you see the eclipse
    what is the difference between a crow and a raven
    how do i get rid of hiccups
    where do eels come from
    my hair is falling out what can i do
    which oil is best for frying fish
    how do i learn to swim as an adult
    are tomatoes a fruit
    who invented the zip
    how long do tortoises live
    what does this emoji mean
    best stretches after running
    why do leaves turn red in autumn
    how do i sharpen a kitchen knife
    who wrote war and peace
    what is the offside rule
    how many bones are in the human body
    i broke up with my girlfriend yesterday
    how do i clean a cast iron pan
    what colour goes well with dark green walls
    can i plant garlic in spring
    is there life on other planets
    what are the rules of backgammon
    how do magnets work
    which bus goes to the harbour
    my baby does not sleep through the night
    how can i get taller
    do fish sleep
    how do i write a letter of condolence
    when is the next leap year
    why does bread go stale
    how much does an elephant weigh
    which river flows through budapest
    i have a cold, what helps
    what was the first film with sound
    how do i fold a paper crane
    is chess a sport
    how do i get a cat to like me
    what is the oldest tree in the world
    how do volcanoes erupt
    what is a haiku
    happy birthday to you my friend
    should i buy a house or rent one
    how many players are in a rugby team
    what do hedgehogs eat
    how do i pick a ripe melon
    why is the sky blue
    who discovered penicillin
    how can i stop biting my nails
    which wine goes with lamb
    how do i polish silver
    what is the fastest animal on land
    can you tell me a joke
    how do i wash a wool jumper
    what does the french word fromage mean
    how far away is the moon
    my plants have little white flies
    is it rude to leave food on your plate in japan
    how do i whistle with two fingers
    """.strip().splitlines()
)
