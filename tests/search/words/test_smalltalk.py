"""Small talk, and messages that only look like it."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.index import Index
from bot.search.words.smalltalk import points_elsewhere, says_it_helped, small_talk
from tests.support.sayings import sayings

THANKS = """
thanks! | thank you so much!! | thx that worked | ty | tysm | thaaanks | ok thanks a lot, it works now
danke! | Danke schön für die schnelle Hilfe! | vielen dank dir | tausend Dank euch allen | super, danke | dankeee
thx a ton | omg thanks | thanks mate you saved my day | tysm <3 | makes sense, thanks | that did the trick, thnks
läuft jetzt, danke | danke, jetzt geht's | merci vielmals | gracias, ya quedó | gracias crack | me sirvió, gracias
much obliged | yess thank u so much | bless u, thx
gr8 thx | thx m8 | gracias | ¡Muchas gracias por la ayuda! | mil gracias a todos | genial, gracias 🙏
thx 4 the help | thx 4 ur help m8
danke für deine Hilfe | vielen Dank für deine Hilfe! | top, danke | danke, top! | mega, danke dir! | hammer danke
gracias tío | gracias igualmente | guay, gracias | gracias, me ha servido mucho | te lo agradezco
"""
GREETINGS = """
hello | hi all | hiiii | 👋 | 👋🏽 | good morning, how are you? | what's up? | hello? | help | hi, i need help
hallo | guten morgen | Grüß dich | moin zusammen | schönen Abend noch | wie geht's dir? | Hallo, ich brauche Hilfe
heyy good morninggg everyone | mornin all | evening everyone | how is everyone | anyone here? | any ideas?
gm | are you there? | how are you today? | guten Abend allerseits | bist du da? | ¿estás ahí? | frohe Weihnachten
grüß Gott | kann mir jemand helfen? | Kann mir bitte jemand helfen? | kannst du mir helfen?
könnt ihr mir mal helfen? | hilf mir bitte | ich hab mal eine Frage | darf ich euch was fragen?
can you help me | can anybody help | hi, can someone please help me out? | i have a quick question
¿me puedes ayudar? | ¿alguien me puede ayudar? | ¿puedes ayudarme, por favor? | ¿me ayudas? | hola, tengo una duda
qué onda | ¿puedo preguntar algo? | qué pasa | q tal | qué tal el finde | cómo estáis | buenas gente | un saludo
huhu | tach | na wie gehts | wie geht es dir heute | moin, alles klar bei euch?
are you online | hiii im new here | ich bin neu hier | soy nuevo aquí
hi from brazil | good morning all from Berlin! | gn from seoul | greetings from Peru | Grüße aus Wien
saludos desde México | buenas noches desde lima | guten Morgen aus Köln
hola | buenas | buenos días | buenas noches a todos | hola, ¿qué tal? | ayuda por favor
"""
REMARKS = """
ok | okay | lol | hahaha | haha ok | yes | nice! | that worked | that helped | perfect, it works now | no problem
you're welcome | see you later | 👍 | 🙏🏽 | :) | passt, klappt jetzt | das hat geholfen | tschüss
alles klar | supi, alles klar | kein ding
got it | ah, makes sense | i got it working | works like a charm | no worries | never mind | nvm | hmm | lgtm
ne | ne, passt
forget it | just forget about it | me neither lol | ich auch nicht | yo tampoco | a mí tampoco jaja
hahaha same | same here | lol me too | ich auch haha | yo también jaja | works on my machine lmao
nice to meet you all :) | ur the best bot fr | you're the best | good bot | best bot ever | bist der beste Bot
eres el mejor | you are so smart | freut mich | mucho gusto
ahh makes sense now | ohh gotcha | wait no | wait what | oh wait, it works now | lol i forgot | haha true
finally!! | ok ill try that when im home | ill test it later and let u know | gonna check after work
one sec | let me see | no clue tbh | its driving me crazy | i give up | im so tired | this is so hard
i did it!! | i agree | yeah ikr
good job | nice work everyone | well done | ur a legend | happy friday everyone | hope u all have a great day
sleep well | cya later guys | welcome to the server | welcome! | i love this course | dang that was fast
+1 | <3 | good night | you rock | exactly | stimmt | läuft | jetzt geht's | gute Nacht | de acuerdo | ya entendí
sorry, wrong channel | oops wrong chat lol | my bad | ignore that please | nvm found it | figured it out myself
sorry, didn't mean to | sorry that wasn't for you | falscher Channel, sorry | ups, falscher Chat
hat sich erledigt | hab mich vertan | perdón, canal equivocado | me equivoqué de canal | ya lo encontré
no era para ti | no, claro | no, ya entendí | claro que no | no problem | no prob | gr8 | ur gr8 | gr8 m8
gg everyone | gg wp | bored | im so bored | good luck everyone tomorrow!! | i love this server
im back | good game | mir ist langweilig | viel Glück morgen! | mucha suerte | felicidades a todos
anyone up for a game tonight? | who wants to play? | hat jemand Lust auf eine Runde?
¿alguien se apunta a una partida?
achso | ach so, verstehe | kein Problem | du nervst | du bist echt nutzlos | leider nein | bis morgen
nos vemos | bis denne | Nacht zusammen | buen finde | oki | jau | nee | sry | kapiert | jajaja q bueno tío
ya veo | eres realmente inútil | no hay problema
edit: found it, nvm | EDIT: solved | edit: will try that | update: works now | Nachtrag: hat sich erledigt
interesting | that's weird | good to know | ah that explains it | so that's why | fair enough | i thought so
sounds reasonable | ok, too bad | interessant | komisch | schade | gut zu wissen | ok dann weiß ich Bescheid
das dachte ich mir schon | hat's geklappt | super, hilft mir weiter
qué raro | bueno saberlo | me lo imaginaba | qué pena
buen fin de semana | ja genau | bis dann | vale | listo, ya funciona | eso me ayudó | hasta luego | jajaja
"""
NOT_HELPED = """
no thanks | thanks but no | nein danke | no, gracias | thanks, useless | thx useless bot | danke, nutzlos
gracias, inútil | thanks for nothing | danke für nichts | gracias por nada
"""
# These may thank, and yet nothing here helped.
WITHOUT_HELP = """
thanks but wrong channel | thanks, found it myself | ty, solved it on my own | nvm thanks | never mind, thanks
danke, hab's selbst gelöst | danke, falscher Kanal | hat sich erledigt, danke | gracias, canal equivocado
trotzdem danke | danke dir trotzdem | thanks anyway | kA, egal, trotzdem danke | gracias de todos modos
gracias, ya lo resolví yo mismo | fixed it myself
"""
POINTING = """
can you answer this? | please help her | 👆 | please respond | can you check this | can you look at this
thoughts? | what do you think? | bot can you answer this? | hey bot, help him | any advice? | have a look please
your turn | kannst du ihm helfen | was meinst du? | hast du eine idee? | schau dir das mal an | bot, weißt du das?
kannst du das mal prüfen | was sagst du dazu?
¿sabes esto? | ¿puedes ayudarle? | ¿qué opinas? | ¿sabes la respuesta? | ¿puedes revisar esto? | bot, ayúdale
"""
QUESTIONS = """
wait what is it | wait how | any ideas for a project | any tips on pip | no idea why it fails
no clue how to start | let me see my packages | one minute timer | is anyone here good at excel
finally block | finally clause in python | i forgot my password
i give up my spot how | evening class | well done steak | i agree to the rules where
welcome message settings | is this hard? | does it work now? | i can't wait longer, where is it
i'm here for the exam | good job interview tips | legend of a chart | later versions | true or false
that was fast, why | free | off
ok what is pip | hello world | nice pip | does it work? | how does it work | is it done?
how are you supposed to install pip | thanks but how do i install it | ok and on windows
does it make sense | how did you get it to work | i see an error | love in python | got it from pypi | same error
jetzt geht nichts mehr | ¿ya funciona? | how is your day defined | is there a night mode | never mind the gap
gr8 but how do i get out | im new to python | im new, how do i get a role | what does gg mean | back up my files
anyone up for a game, how do i join? | who wants to play how do i invite friends
anyone up for explaining venvs to me? | anyone keen for helping me join the server
i have the same problem | is it the same on mac | me too how do i fix it | hi from where do i download it
hola desde dónde lo descargo | which is the best bot | good bot permissions
works on my machine but not on the server
good game engine | jemand da, der pip kennt?
what is thanks | say hello in python | hello, what is a venv | thank you page | ok button | morning routine
danke, und auf dem mac? | hallo, wie lösche ich das | was heißt danke | gut gemeint ist kein venv
which channel is wrong | wrong python in the venv | found it in site-packages | ignore a file in git
falsches python im venv | no funciona | it doesn't work | geht nicht | error | canal de ventas
no entiendo | no lo entendí muy bien | no me ayudó | eso no ayudó | no está resuelto | no me quedó claro | no good
no es bueno | gracias, no entendí | gracias, pero no me ayudó | no es lo que necesito | no era eso
hilfe bei der installation von git | kann mir jemand bei pip helfen | kannst du mir helfen, das venv zu löschen?
kann pip mir helfen | kann mir jemand helfen? pip geht nicht | ich hab eine Frage zu pip | kein Problem mit pip
can you help me with this | can you help me delete it | i have a question about pip | top level | top
mega | hammer | top help | what does top do | ya veo el error
leider geht pip nicht | mein deploy ist echt langsam | echt?
¿me puedes ayudar con el venv? | ¿puedes ayudarme a borrar un venv? | tengo una duda con el venv
no me ha servido | tengo dos versiones | ¿qué servidor uso? | no hay problemas con pip, pero sí con conda
hab ich nicht kapiert | nee, geht nicht | qué pasa si borro la casa | qué bueno es pip | nacht modus
edit: how do i do it on mac | credit: thanks | update: pip fails now | weird error in pip
why is my output strange | is it good to know | was ist gut zu wissen | hat's geklappt? | hilft mir weiter?
gracias, ¿y en windows? | hola mundo | ¿cómo se dice gracias? | 虚拟环境 | спасибо
"""


@pytest.mark.parametrize("text", sayings(THANKS))
def test_thanks_are_heard_as_thanks(text: str):
    """Thanks are recognized in the bot's languages, with other words and stretched letters."""
    assert small_talk(text) == "thanks"


@pytest.mark.parametrize("text", sayings(GREETINGS))
def test_a_greeting_is_heard_as_one(text: str):
    """Greetings are recognized, including "how are you" and a mere call for help."""
    assert small_talk(text) == "greeting"


@pytest.mark.parametrize("text", sayings(REMARKS))
def test_a_remark_is_heard_as_one(text: str):
    """Remarks, such as "ok" and "cool", are recognized."""
    assert small_talk(text) == "remark"


@pytest.mark.parametrize(
    "text",
    [
        *sayings(THANKS),
        "no problem, thanks",
        "fixed it, thanks",
        "that worked",
        "es läuft jetzt",
        "ya funciona",
        "fixed, lol",
    ],
)
def test_who_is_glad_of_an_answer_says_so_in_many_ways(text: str):
    """Thanks and remarks such as "that worked" count as praise for an answer."""
    assert says_it_helped(text)


@pytest.mark.parametrize(
    "text", [*sayings(GREETINGS), "ok", "lol", "no", "it works?", "hat's geklappt?", "hat nicht geklappt"]
)
def test_other_remarks_say_nothing_of_an_answer(text: str):
    """Other remarks, such as "ok", do not count as praise."""
    assert not says_it_helped(text)


@pytest.mark.parametrize("text", sayings(NOT_HELPED))
def test_thanks_that_decline_or_insult_are_only_a_remark(text: str):
    """They get neither "You're welcome" nor a vote for the answer."""
    assert small_talk(text) == "remark"
    assert not says_it_helped(text)


@pytest.mark.parametrize("text", sayings(WITHOUT_HELP))
def test_who_found_it_alone_or_wrote_in_the_wrong_place_was_not_helped(text: str):
    """It is small talk, and no vote for the answer."""
    assert small_talk(text) in {"thanks", "remark"}
    assert not says_it_helped(text)


@pytest.mark.parametrize("text", ["you stupid bot", "fuck you", "du bist dumm", "eres tonto", "this is useless"])
def test_an_insult_asks_nothing(text: str):
    """And so is no miss."""
    assert small_talk(text) == "remark"


@pytest.mark.parametrize("text", ["", "  ", "?", "🤔?", *sayings(QUESTIONS), "thanks " * 100])
def test_what_asks_something_is_no_small_talk(text: str):
    """A message with any other word is not small talk, nor is a remark with a question mark."""
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Thanks", "thanks!"),
        ("What does 'thanks' mean?", "what does thanks mean"),
        ("good morning", "Good morning!"),
        ("danke", "danke"),
        ("OK", "ok"),
    ],
)
def test_an_entrys_own_words_win(entry: str, text: str):
    """Small talk that is exactly an entry's phrasing finds the entry."""
    index = Index([Row("polite", entry), Row("other", "What is a virtual environment?")])
    assert not index.asks_nothing(text)
    assert Index([Row("other", "What is a virtual environment?")]).asks_nothing(text)


def test_an_entry_that_holds_a_greeting_does_not_take_it():
    """'Hello' is a greeting, even if there is an entry about "Hello world"."""
    index = Index([Row("hello-world", "What is a hello world program?", ("hello world",))])
    assert index.asks_nothing("hello")
    assert not index.asks_nothing("hello world")


@pytest.mark.parametrize("text", ["", "?", *sayings(POINTING)])
def test_a_finger_that_points_is_seen(text: str):
    """A few words, or none, are enough to point the bot to another person's message."""
    assert points_elsewhere(text)


@pytest.mark.parametrize("text", ["thanks", "what is a venv", "danke dir", "use pip", "check the logs"])
def test_what_says_something_of_its_own_does_not_point(text: str):
    """A message with content words does not point to another one."""
    assert not points_elsewhere(text)
