"""Questions that hardly any library answers: small talk and other everyday questions, in the bot's languages.

If a library ranks them as if it had answers, its confidence is lowered; see calibration.py.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = """
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
"""
_GERMAN = """
    wer hat gestern das finale gewonnen
    wie bekomme ich wachs aus dem teppich
    was koche ich mit reis von gestern
    warum treten katzen auf decken
    kann man milch nach dem datum noch trinken
    wann ist die mauer gefallen
    mein knie tut beim treppensteigen weh
    wie hoch ist der kilimandscharo
    glaubst du an geister
    welcher planet hat die meisten monde
    wie oft muss ich eine orchidee gießen
    haha das war lustig
    welche gitarre ist gut für anfänger
    dürfen hunde trauben fressen
    wer hat das mädchen mit dem perlenohrring gemalt
    lohnt sich lissabon im november
    was sagt mein sternzeichen
    empfiehl mir einen krimi
    wie viele saiten hat eine geige
    meine fahrradkette springt immer ab
    was ist die hauptstadt der mongolei
    warum ist das meer salzig
    wie binde ich eine fliege
    ich bin heute so müde
    welche impfung brauche ich für kenia
    wie setze ich einen sauerteig an
    warum sind die dinosaurier ausgestorben
    ist kaffee schlecht für die zähne
    wann geht im winter die sonne unter
    mein vermieter repariert die heizung nicht
    wie machen bienen honig
    was schenke ich meiner oma
    was ist der unterschied zwischen krähe und rabe
    was hilft gegen schluckauf
    welches öl nehme ich zum braten
    ist eine tomate ein obst
    wer hat krieg und frieden geschrieben
    wie schärfe ich ein küchenmesser
    ich habe mich gestern von meiner freundin getrennt
    warum ist der himmel blau
"""
_SPANISH = """
    quién ganó la final anoche
    cómo quito cera de la alfombra
    qué cocino con arroz de ayer
    por qué los gatos amasan las mantas
    puedo tomar leche después de la fecha
    en qué año cayó el muro de berlín
    me duele la rodilla al subir escaleras
    qué altura tiene el kilimanjaro
    crees en los fantasmas
    qué planeta tiene más lunas
    cada cuánto riego una orquídea
    jaja qué divertido
    cuál es la mejor guitarra para empezar
    los perros pueden comer uvas
    quién pintó la joven de la perla
    vale la pena lisboa en noviembre
    qué dice mi signo del zodiaco
    recomiéndame una novela policiaca
    cuántas cuerdas tiene un violín
    se me sale la cadena de la bici
    cuál es la capital de mongolia
    por qué el mar es salado
    cómo se hace un nudo de corbata
    hoy estoy muy cansado
    qué vacuna necesito para viajar a kenia
    cómo hago masa madre
    qué les pasó a los dinosaurios
    el café es malo para los dientes
    a qué hora se pone el sol en invierno
    mi casero no arregla la calefacción
    cómo hacen la miel las abejas
    qué le regalo a mi abuela
    qué diferencia hay entre un cuervo y una urraca
    cómo se quita el hipo
    qué aceite es mejor para freír pescado
    el tomate es una fruta
    quién escribió guerra y paz
    cómo afilo un cuchillo de cocina
    ayer rompí con mi novia
    por qué el cielo es azul
"""
# By what Snowball calls the languages.
UNRELATED: Mapping[str, tuple[str, ...]] = {
    language: tuple(line.strip() for line in questions.strip().splitlines())
    for language, questions in (("english", _ENGLISH), ("german", _GERMAN), ("spanish", _SPANISH))
}
